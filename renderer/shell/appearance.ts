import { create } from 'zustand';

export type Theme = 'system' | 'light' | 'dark';
export type Density = 'compact' | 'comfortable';
type Appearance = { readonly theme: Theme; readonly density: Density };

const KEY = 'dataharmonize.appearance';

function stored(): Appearance {
  const fallback: Appearance = { theme: 'system', density: 'compact' };
  try {
    const { theme, density } = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Record<string, unknown>;
    return {
      theme: theme === 'light' || theme === 'dark' ? theme : 'system',
      density: density === 'comfortable' ? density : 'compact',
    };
  } catch {
    // Storage may be refused or hold something else: appearance is not worth a fault.
    return fallback;
  }
}

export const useAppearance = create<Appearance>(stored);

/** Changes theme or density, and remembers it on this machine. */
export function setAppearance(change: Partial<Appearance>): void {
  useAppearance.setState(change);
  try {
    localStorage.setItem(KEY, JSON.stringify(useAppearance.getState()));
  } catch {
    // As above.
  }
}

/** Puts theme and density on the document, now and whenever they change. */
export function applyAppearance(): void {
  const apply = ({ theme, density }: Appearance) => {
    const { dataset } = document.documentElement;
    if (theme === 'system') delete dataset.theme;
    else dataset.theme = theme;
    dataset.density = density;
  };
  apply(useAppearance.getState());
  useAppearance.subscribe(apply);
}

/** Calls back whenever the colours of the window change. Answers how to stop. */
export function onColoursChange(listener: () => void): () => void {
  const media = matchMedia('(prefers-color-scheme: dark)');
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  media.addEventListener('change', listener);
  return () => {
    observer.disconnect();
    media.removeEventListener('change', listener);
  };
}
