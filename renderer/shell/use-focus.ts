import { type RefObject, useEffect, useRef } from 'react';

/** As a ref: has the focus when it appears. */
export const focusAtOnce = (element: HTMLElement | null): void => element?.focus();

const FIELDS = 'input:enabled, select:enabled, textarea:enabled, [contenteditable="true"]';

/** Puts the focus on the first field of what appears in place of what had it: else it would be nowhere. */
export function useFocusOnceLost(): RefObject<HTMLDivElement | null> {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const { activeElement, body } = document;
    const lost = activeElement === body || activeElement?.getClientRects().length === 0;
    if (lost) ref.current?.querySelector<HTMLElement>(FIELDS)?.focus();
  }, []);
  return ref;
}

/** Puts the focus on an element when it appears, for what the steward has just asked for. */
export function useFocus<T extends HTMLElement>(wanted = true): RefObject<T | null> {
  const ref = useRef<T>(null);
  useEffect(() => {
    if (wanted) ref.current?.focus();
  }, [wanted]);
  return ref;
}
