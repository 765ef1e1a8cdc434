/**
 * Panes are the areas between which F6 goes: elements with `data-pane`, `tabIndex={-1}` and a name for screen readers.
 */
const selector = '[data-pane]';
const focusable =
  'a[href], button:not(:disabled), input:not(:disabled), select:not(:disabled), textarea:not(:disabled), [tabindex="0"], [contenteditable="true"]';

const last = new WeakMap<Element, HTMLElement>();

const isVisible = (element: Element): boolean => element.getClientRects().length > 0;

/** Remembers where in its pane the focus was. Listens on `focusin`. */
export function rememberFocus(event: FocusEvent): void {
  const target = event.target;
  if (!(target instanceof HTMLElement)) return;
  const pane = target.closest(selector);
  if (pane && pane !== target) last.set(pane, target);
}

function focusPane(pane: HTMLElement): void {
  const before = last.get(pane);
  const chosen = pane.querySelector<HTMLElement>('[aria-selected="true"], [aria-current="true"]');
  const candidates = [before, chosen, ...pane.querySelectorAll<HTMLElement>(focusable)];
  const target = candidates.find((one) => one && pane.contains(one) && isVisible(one) && one.tabIndex >= 0);
  (target ?? pane).focus();
}

/** Moves the focus to the next pane, or with -1 to the one before. */
export function goToPane(by: 1 | -1): void {
  const panes = [...document.querySelectorAll<HTMLElement>(selector)].filter(
    (pane) => isVisible(pane) && pane.closest('[inert]') === null,
  );
  const current = panes.findIndex((pane) => pane.contains(document.activeElement));
  const next = panes.at((current + by + (current < 0 && by < 0 ? 1 : 0)) % panes.length);
  if (next) focusPane(next);
}
