import { type FaultWords, faultWords, type NoticeButton } from './faults';
import { Icon } from './icons';
import './fault-notice.css';

type Props = {
  error: unknown;
  /** What was being done: `Opening the project`. */
  doing?: string | undefined;
  /** Stands in place of the words about what was being done. */
  title?: string | undefined;
  button?: NoticeButton | undefined;
  onDismiss?: (() => void) | undefined;
};

/** A failure where it happened: what it is, what still stands, and one button for the likely next thing. */
export function FaultNotice({ error, doing, title, button, onDismiss }: Props) {
  const words: FaultWords = faultWords(error);
  return (
    <div className="fault-notice" role="alert" data-code={words.code}>
      <Icon name="fault" className="fault-notice-mark" />
      <div className="fault-notice-words">
        {(title ?? doing) && <p className="fault-notice-doing">{title ?? `${doing} did not work`}</p>}
        <p>{words.what}</p>
        {words.lines.length > 0 && (
          <ul>
            {words.lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        )}
        {(words.unaffected || words.advice) && (
          <p className="muted">{[words.unaffected, words.advice].filter(Boolean).join(' ')}</p>
        )}
        {button && (
          <button type="button" className="button" onClick={button.run}>
            {button.label}
          </button>
        )}
      </div>
      {onDismiss && (
        <button type="button" className="button quiet icon-only" aria-label="Dismiss" onClick={onDismiss}>
          <Icon name="close" />
        </button>
      )}
    </div>
  );
}
