import { joined, suggestSteps } from '../../../shared/suggest/suggest';
import { answerLookup } from '../../engine/lookups';
import type { Command } from '../command';
import { dialectOf, formatOf, INPUT_FORMATS } from '../files';
import { withInput } from '../input';

export const suggest: Command = {
  name: 'suggest',
  does: 'suggests steps for a file, those that mend most first, with evidence',
  syntax: {
    positionals: [],
    options: { input: { value: 'F', required: true }, 'input-format': { value: INPUT_FORMATS } },
    flags: ['json'],
  },
  async run(args, { signal, progress }) {
    const input = args.required('input');
    const dialect = dialectOf(null, formatOf('suggest', 'input', input, args.option('input-format')), input);
    return withInput({ input, dialect, signal }, async ({ engine, columns, rows, unreadable }) => {
      const found = await suggestSteps({
        engine,
        answer: answerLookup,
        columns,
        source: 'source',
        prefix: 'suggest',
        signal,
        found: (column) => progress(`looked at ${column}`),
      });
      const suggestions = joined(found).map(({ about, together: _, wrong: __, ...one }) => ({
        ...one,
        about,
      }));
      const lines = suggestions.flatMap(({ sentence, evidence, remarks }) => [
        sentence,
        ...[evidence, ...remarks].map((one) => `    ${one}`),
      ]);
      return {
        text: lines.length === 0 ? 'Nothing to suggest: no step found anything to mend.' : lines.join('\n'),
        json: { rows, unreadable, suggestions },
      };
    });
  },
};
