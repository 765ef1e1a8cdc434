import type { Detector } from './suggestion';

/** Share of the filled cells that must differ for a column to name its rows. */
const NAMES_ROWS = 0.9;
const NAMED = /(^|[^a-z])(id|key|number|no|uuid|e-?mail)([^a-z]|$)/i;

export const duplicateRows: Detector = {
  kind: 'duplicate-rows',
  operations: ['deduplicate'],
  async detect(look) {
    if (look.filled < 5 || look.distinct === look.filled) return [];
    if (look.distinct < NAMES_ROWS * look.filled || !NAMED.test(look.column.replaceAll('_', ' '))) return [];
    return [
      {
        operation: 'deduplicate',
        columns: [],
        parameters: { keys: [look.column], normalize: 'trim-lower', keep: 'any' },
        wrong: `have the same ${look.column} as another`,
        remarks: ['Any one of the alike rows stays; say in the step which one it should be.'],
      },
    ];
  },
};
