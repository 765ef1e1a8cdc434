import { type RefObject, useEffect, useRef } from 'react';

/**
 * Keeps the focus in a list from which goes what is decided: the item that takes the place of a decided one has it
 * next, on the button that means the same (`data-decision`); after the last one, the list's section has it.
 * @param items changes when an item has gone
 */
export function useFocusNext(items: unknown): {
  list: RefObject<HTMLUListElement | null>;
  decided: (at: number, decision: string) => void;
} {
  const list = useRef<HTMLUListElement>(null);
  const next = useRef<{ at: number; decision: string } | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when items have changed
  useEffect(() => {
    if (!next.current || !list.current) return;
    const { at, decision } = next.current;
    next.current = null;
    const item = list.current.children[Math.min(at, list.current.children.length - 1)];
    const button = item?.querySelector<HTMLElement>(`[data-decision="${decision}"]:not(:disabled)`);
    (button ?? list.current.closest('section'))?.focus();
  }, [items]);
  const decided = (at: number, decision: string) => {
    next.current = { at, decision };
  };
  return { list, decided };
}
