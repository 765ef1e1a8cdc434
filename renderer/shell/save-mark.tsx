import { useWorkbench, useWorkbenchState } from '../state/context';
import { isOvertaken } from '../state/saving';
import { Icon } from './icons';
import { plural, since } from './words';

/** Whether everything is saved. A save that failed says so and can be tried again. */
export function SaveMark() {
  const saving = useWorkbenchState((state) => state.saving);
  const recovered = useWorkbenchState((state) => state.project?.recovered ?? 0);
  const aside = useWorkbenchState((state) => state.project?.aside);
  const workbench = useWorkbench();
  if (saving.status === 'failed') {
    const overtaken = isOvertaken(saving.fault);
    const { message, unaffected, advice } = saving.fault;
    return (
      <span className="save-failed" role="alert">
        <Icon name="fault" />
        <span className="ellipsis" title={[message, unaffected, advice].filter(Boolean).join('\n')}>
          {plural(saving.pending, 'change')} not saved: {message}
        </span>
        <button
          type="button"
          className="link"
          onClick={overtaken ? () => window.location.reload() : workbench.retrySave}
        >
          {overtaken ? 'Load anew' : 'Save again'}
        </button>
      </span>
    );
  }
  if (aside !== undefined && saving.status === 'saved' && saving.at === null) {
    return (
      <span
        title={`Another program wrote the project file after them. They are kept in ${aside}, and are no part of the rules.`}
      >
        Older changes put aside
      </span>
    );
  }
  if (recovered > 0 && saving.status === 'saved' && saving.at === null) {
    return (
      <span title="The program did not end by itself the last time; nothing you saw as saved was lost.">
        Recovered {plural(recovered, 'change')}
      </span>
    );
  }
  if (saving.status === 'saving') return <span className="muted">Saving…</span>;
  const title = saving.at ? `Saved ${since(saving.at).exact}` : 'Every change is saved as you make it';
  return (
    <span className="muted" title={title}>
      Saved
    </span>
  );
}
