import { type RefObject, useEffect } from 'react';

const NAME = 'found';

/** Where words stand in the cells of an element, ignoring the case of letters. */
function rangesOf(container: HTMLElement, words: string): Range[] {
  const wanted = words.toLowerCase();
  const ranges: Range[] = [];
  for (const cell of container.querySelectorAll('.cell-same, .cell-after')) {
    const node = cell.firstChild;
    if (!(node instanceof Text)) continue;
    const text = node.data.toLowerCase();
    // Lower case can be longer than what it came from: then places don't fit.
    if (text.length !== node.data.length) continue;
    for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length)) {
      const range = new Range();
      range.setStart(node, at);
      range.setEnd(node, at + wanted.length);
      ranges.push(range);
    }
  }
  return ranges;
}

/** Marks words in the cells on screen, as rows come and go, without touching the cells. */
export function useFound(container: RefObject<HTMLElement | null>, words: string): void {
  useEffect(() => {
    const element = container.current;
    if (!element || words === '' || !('highlights' in CSS)) return;
    let waiting = false;
    const paint = () => {
      waiting = false;
      CSS.highlights.set(NAME, new Highlight(...rangesOf(element, words)));
    };
    const soon = () => {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(paint);
    };
    const observer = new MutationObserver(soon);
    observer.observe(element, { childList: true, subtree: true, characterData: true });
    soon();
    return () => {
      observer.disconnect();
      CSS.highlights.delete(NAME);
    };
  }, [container, words]);
}
