import type { Detector } from './suggestion';

export const invisible: Detector = {
  kind: 'invisible',
  operations: ['remove-characters'],
  detect: async (look) => [
    {
      operation: 'remove-characters',
      columns: [look.column],
      parameters: { which: ['invisible'] },
      wrong: 'hold characters that no one sees',
      together: true,
    },
  ],
};
