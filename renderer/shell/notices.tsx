import { FaultNotice } from './fault-notice';
import { dismissNotice, useNotices } from './faults';

/** Failures that have no place of their own, above the status line. */
export function Notices() {
  const notices = useNotices((state) => state.notices);
  if (notices.length === 0) return null;
  return (
    <section className="notices" aria-label="Notices">
      {notices.map(({ id, error, doing, button }) => (
        <FaultNotice
          key={id}
          error={error}
          doing={doing}
          button={
            button && {
              label: button.label,
              run: () => {
                dismissNotice(id);
                button.run();
              },
            }
          }
          onDismiss={() => dismissNotice(id)}
        />
      ))}
    </section>
  );
}
