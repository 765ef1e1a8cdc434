import { type KeyboardEvent, type PointerEvent, useState } from 'react';

const STEP = 24;

/** A size in pixels that the steward sets, remembered for the next time. */
export function useSize(
  name: string,
  initial: number,
  least: number,
  most: number,
): [number, (size: number) => void] {
  const key = `dataharmonize.size.${name}`;
  const [size, setSize] = useState(() => {
    const kept = Number(localStorage.getItem(key));
    return kept >= least && kept <= most ? kept : initial;
  });
  const set = (wanted: number) => {
    const next = Math.round(Math.min(most, Math.max(least, wanted)));
    setSize(next);
    localStorage.setItem(key, String(next));
  };
  return [size, set];
}

type Props = {
  label: string;
  /** `columns`: it stands between left and right. */
  between: 'columns' | 'rows';
  /** The area whose size it sets is after it. */
  after?: boolean;
  size: number;
  onSize: (size: number) => void;
};

/** The line between two areas: dragged, or moved with the arrow keys. */
export function Splitter({ label, between, after = false, size, onSize }: Props) {
  const [from, setFrom] = useState<{ at: number; size: number } | null>(null);
  const sign = after ? -1 : 1;
  const at = (event: PointerEvent) => (between === 'columns' ? event.clientX : event.clientY);
  const onKeyDown = (event: KeyboardEvent) => {
    const [less, more] = between === 'columns' ? ['ArrowLeft', 'ArrowRight'] : ['ArrowUp', 'ArrowDown'];
    if (event.key !== less && event.key !== more) return;
    event.preventDefault();
    onSize(size + sign * (event.key === more ? STEP : -STEP));
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a separator that moves is no <hr>
    <div
      className="splitter"
      data-between={between}
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation={between === 'columns' ? 'vertical' : 'horizontal'}
      aria-valuenow={size}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        setFrom({ at: at(event), size });
      }}
      onPointerMove={(event) => {
        if (from) onSize(from.size + sign * (at(event) - from.at));
      }}
      onPointerUp={() => setFrom(null)}
      onPointerCancel={() => setFrom(null)}
    />
  );
}
