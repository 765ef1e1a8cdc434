import { type RefObject, useLayoutEffect, useRef, useState } from 'react';

const BEYOND = 12;

/**
 * Which rows of a long list are in view, all of one height in pixels: only these are put into the page. `reveal`
 * scrolls until a row is in view.
 */
export function useVisibleRows(
  count: number,
  height: number,
): {
  area: RefObject<HTMLDivElement | null>;
  first: number;
  last: number;
  /** Whether there are more rows than fit. */
  scrolls: boolean;
  onScroll: () => void;
  reveal: (index: number) => void;
} {
  const area = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 600 });
  const measure = () => {
    const element = area.current;
    if (element === null) return;
    const [top, seen] = [element.scrollTop, element.clientHeight];
    setView((before) => (before.top === top && before.height === seen ? before : { top, height: seen }));
  };
  useLayoutEffect(() => {
    const element = area.current;
    if (element === null) return;
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  });
  return {
    area,
    first: Math.max(0, Math.min(count, Math.floor(view.top / height)) - BEYOND),
    last: Math.min(count, Math.ceil((view.top + view.height) / height) + BEYOND),
    scrolls: count * height > view.height,
    onScroll: measure,
    reveal(index) {
      const element = area.current;
      if (element === null) return;
      const top = index * height;
      if (top < element.scrollTop) element.scrollTop = top;
      else if (top + height > element.scrollTop + element.clientHeight) {
        element.scrollTop = top + height - element.clientHeight;
      }
    },
  };
}
