import { createContext, useContext } from 'react';
import { Icon } from '../shell/icons';
import { keysText } from '../shell/keys';

/** Whether the form has most of the room, for work that needs it, and how to change that. */
export const FormHeightContext = createContext<{ readonly tall: boolean; readonly turn: () => void } | null>(
  null,
);

/** Gives the form most of the room, or as much as it had before. */
export function FormHeight() {
  const height = useContext(FormHeightContext);
  if (!height) return null;
  const title = `${height.tall ? 'Lower' : 'Raise'} the form`;
  return (
    <button
      type="button"
      className="button quiet icon-only form-height"
      aria-label={title}
      title={`${title} (${keysText('Mod+Shift+F')})`}
      aria-pressed={height.tall}
      onClick={height.turn}
    >
      <Icon name={height.tall ? 'down' : 'up'} />
    </button>
  );
}
