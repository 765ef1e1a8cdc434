import { Icon } from '../shell/icons';

type Props = {
  busy: boolean;
  /** What the button starts, as the submit button of its form. */
  label: string;
  cancelLabel: string;
  disabled: boolean;
  onCancel: () => void;
};

/** Starts a form's long work and, while it is busy, cancels it. */
export function RunButton({ busy, label, cancelLabel, disabled, onCancel }: Props) {
  if (!busy)
    return (
      <button type="submit" className="button primary" disabled={disabled}>
        <Icon name="play" /> {label}
      </button>
    );
  return (
    <button
      type="button"
      className="button"
      onClick={(event) => {
        // Cancelling makes this same element the submit button again, before the browser acts on the click.
        event.preventDefault();
        // The second click of a double one must not cancel what the first has started.
        if (event.detail < 2) onCancel();
      }}
    >
      <Icon name="stop" /> {cancelLabel}
    </button>
  );
}
