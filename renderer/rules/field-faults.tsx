import type { FieldFault } from './parameters';

/** What is wrong with a field; in a pattern, where. */
export function FieldFaults({ faults, pattern }: { faults: readonly FieldFault[]; pattern: string }) {
  return (
    <>
      {faults.map(({ message, position }) => (
        <span key={message} className="field-fault" role="alert">
          {position !== null && pattern !== '' && (
            <code className="mono field-fault-place" aria-hidden="true">
              {pattern.slice(0, position)}
              <mark>{pattern.slice(position, position + 1) || '␣'}</mark>
              {pattern.slice(position + 1)}
            </code>
          )}
          {message}
        </span>
      ))}
    </>
  );
}
