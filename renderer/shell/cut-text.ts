/** Cells of the grid have their history, and room to be dragged to. */
const NOT_IN = '.ag-root-wrapper';

/** Text that is cut off tells all of itself as the pointer comes to it. Listens on `pointerover`. */
export function tellCutText({ target }: Event): void {
  if (!(target instanceof HTMLElement) || target.closest(NOT_IN)) return;
  const cut = [target, target.parentElement].find(
    (one) => one && getComputedStyle(one).textOverflow === 'ellipsis',
  );
  if (!cut || cut.closest('[title]:not([data-cut])')) return;
  if (cut.scrollWidth > cut.clientWidth) {
    cut.title = cut.textContent;
    cut.dataset.cut = '';
  } else {
    cut.removeAttribute('title');
    delete cut.dataset.cut;
  }
}
