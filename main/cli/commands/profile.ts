import { profile as definition } from '../../../shared/analysis/profile';
import { runAnalysis } from '../../../shared/analysis/run';
import type { CellValue, ResultTable } from '../../../shared/ports/engine';
import { count } from '../../../shared/words';
import type { Command } from '../command';
import { dialectOf, formatOf, INPUT_FORMATS } from '../files';
import { withInput } from '../input';

type Row = Record<string, CellValue>;

const rowsOf = ({ names, columns, rows }: ResultTable): Row[] =>
  Array.from({ length: rows }, (_, row) =>
    Object.fromEntries(names.map((name, i) => [name, columns[i]?.[row] ?? null])),
  );

/** The rows of a result that speak of one column, without its name. */
const about = (rows: readonly Row[], id: string) =>
  rows.filter((row) => row.column === id).map(({ column: _, ...rest }) => rest);

export const profile: Command = {
  name: 'profile',
  does: 'profiles the columns of a file',
  syntax: {
    positionals: [],
    options: { input: { value: 'F', required: true }, 'input-format': { value: INPUT_FORMATS } },
    flags: ['json'],
  },
  async run(args, { signal }) {
    const input = args.required('input');
    const dialect = dialectOf(null, formatOf('profile', 'input', input, args.option('input-format')), input);
    return withInput({ input, dialect, signal }, async ({ engine, columns, rows, unreadable }) => {
      const ids = columns.map((_, i) => `c${i}`);
      const bindings = { table: { table: 'source', columns: {} } };
      const { results } = await runAnalysis(
        engine,
        definition,
        { bindings, parameters: { columns: ids, rows }, name: 'cli' },
        signal,
      );
      const [described, values, shapes] = [
        rowsOf(results.columns),
        rowsOf(results.values),
        rowsOf(results.shapes),
      ];
      const profiles = columns.map((column, i) => {
        const id = ids[i] ?? '';
        return { column, ...about(described, id)[0], values: about(values, id), shapes: about(shapes, id) };
      });
      return {
        text: described
          .map(
            (row, i) =>
              `${columns[i]}: ${count(Number(row.nulls))} missing, ${count(Number(row.empty))} empty, ${count(Number(row.distinct))} different`,
          )
          .join('\n'),
        json: { rows, unreadable, columns: profiles },
      };
    });
  },
};
