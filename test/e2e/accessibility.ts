import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';

const WIDE = { width: 1440, height: 900 };
const NARROW = { width: 1000, height: 700 };

/** Expects that axe finds no fault in what the window shows, light and dark, and that nothing reaches beyond its edge. */
export const expectAccessible = (window: Page, what: string): Promise<void> =>
  test.step(`accessible: ${what}`, async () => {
    const look = async (colorScheme: 'light' | 'dark', size: typeof WIDE) => {
      await window.emulateMedia({ colorScheme });
      await window.setViewportSize(size);
    };
    const check = async (axe: AxeBuilder) => {
      const { violations } = await axe.analyze();
      const faults = violations.flatMap(({ id, nodes }) =>
        nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`),
      );
      expect.soft(faults, what).toEqual([]);
      expect.soft(await beyondEdge(window), what).toEqual([]);
    };
    await look('light', WIDE);
    await check(new AxeBuilder({ page: window }));
    // What is dark differs in its colours alone; and what fits in the narrow window fits in the wide one too.
    await look('dark', NARROW);
    await check(new AxeBuilder({ page: window }).withRules('color-contrast'));
    await look('light', WIDE);
  });

/** Controls that reach beyond the window's right edge and that no scrolling brings in. */
const beyondEdge = (window: Page): Promise<string[]> =>
  window.evaluate(() => {
    const scrolls = (one: Element | null): boolean =>
      one !== null && (/auto|scroll/.test(getComputedStyle(one).overflowX) || scrolls(one.parentElement));
    return [...document.querySelectorAll('.app > *, button, input, select, [role=tab]')]
      .filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
      .filter((one) => one.closest('.ag-root-wrapper') === null && !scrolls(one.parentElement))
      .map((one) => one.outerHTML.slice(0, 160));
  });
