import { type RefObject, useEffect, useRef } from 'react';

/** Puts the focus on an element when it appears, for what the steward has just asked for. */
export function useFocus<T extends HTMLElement>(wanted = true): RefObject<T | null> {
  const ref = useRef<T>(null);
  useEffect(() => {
    if (wanted) ref.current?.focus();
  }, [wanted]);
  return ref;
}
