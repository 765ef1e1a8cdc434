import { type Action, currentActions } from './actions';
import type { Place } from './places';

const isMac = /mac|iphone|ipad/i.test(navigator.userAgent);

const symbols: Readonly<Record<string, string>> = isMac
  ? { Mod: '⌘', Alt: '⌥', Shift: '⇧', Enter: '⏎' }
  : { Mod: 'Ctrl', Enter: 'Enter' };
const arrows: Readonly<Record<string, string>> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
};

/** `Mod+Shift+Z` as this machine writes it: `⌘⇧Z` or `Ctrl+Shift+Z`. */
export function keysText(keys: string): string {
  const parts = keys.split('+').map((part) => symbols[part] ?? arrows[part] ?? part);
  return parts.join(isMac ? '' : '+');
}

/** The same for `aria-keyshortcuts`. */
export const ariaKeys = (keys: string): string => keys.replace('Mod', isMac ? 'Meta' : 'Control');

type Pressed = Pick<KeyboardEvent, 'key' | 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey'>;

/** Whether an event is the press of these keys. */
export function matches(keys: string, event: Pressed): boolean {
  const parts = keys.split('+');
  const key = parts.at(-1) ?? '';
  const has = (part: string) => parts.includes(part);
  if ((isMac ? event.metaKey : event.ctrlKey) !== has('Mod')) return false;
  if ((isMac ? event.ctrlKey : event.metaKey) || event.altKey !== has('Alt')) return false;
  // A sign such as ? may need Shift or not, as the keyboard has it.
  const isSign = key.length === 1 && !/[a-z0-9]/i.test(key);
  if (!isSign && event.shiftKey !== has('Shift')) return false;
  return event.key.toLowerCase() === key.toLowerCase();
}

/** Whether keys typed into this element are text. */
export function takesText(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.shadowRoot !== null || target.tagName === 'TEXTAREA') return true;
  if (target.tagName === 'SELECT') return true;
  return target instanceof HTMLInputElement && !/^(checkbox|radio|button|range)$/.test(target.type);
}

// What text fields understand by themselves.
const textKeys = /^Mod\+(Shift\+)?[AXCVZYF]$|^[^+]$|^(Delete|Space|Enter|Escape|Home|End|Page\w+|Arrow\w+)$/;

function mayRun(action: Action, place: Place, event: KeyboardEvent): boolean {
  if (action.keys === undefined || action.disabled || action.handledLocally) return false;
  if (action.place !== undefined && action.place !== place) return false;
  if (!matches(action.keys, event)) return false;
  return !(takesText(event.target) && textKeys.test(action.keys));
}

/** Runs the action whose keys were pressed. What an element has handled itself is left alone. */
export function dispatchKeys(event: KeyboardEvent, place: Place): void {
  if (event.defaultPrevented || event.isComposing) return;
  const action = currentActions().find((one) => mayRun(one, place, event));
  if (!action) return;
  event.preventDefault();
  action.run();
}
