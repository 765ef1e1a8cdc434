import type { RunReport } from '../../../shared/contract/calls/runs';
import { count, plural } from '../../../shared/words';
import { runLocally } from '../../run/local-run';
import type { Command } from '../command';
import { dialectOf, formatOf, INPUT_FORMATS, outputFormatOf, withRuleSet } from '../files';

function summary({ counts, outputs, unreadable }: RunReport): string {
  if (!counts) return '';
  const { read, added, kept, filtered, rejected, merged } = counts;
  const lines = [
    `${plural(read, 'row')} read${added > 0 ? `, ${count(added)} added` : ''}: ${count(kept)} kept, ${count(filtered)} filtered, ${count(rejected)} rejected${
      unreadable > 0 ? ` (${count(unreadable)} of them unreadable)` : ''
    }, ${count(merged)} merged`,
    ...counts.steps.map(({ sentence, changedCells, ...rows }) => {
      const gone = rows.filtered + rows.rejected + rows.merged;
      const made = rows.added > 0 ? `, ${plural(rows.added, 'row')} added` : '';
      return `  ${sentence}: ${plural(changedCells, 'cell')} changed${made}${gone > 0 ? `, ${plural(gone, 'row')} left` : ''}`;
    }),
    ...outputs.map(({ path, rows }) => `${path}: ${plural(rows, 'row')}`),
  ];
  return lines.join('\n');
}

export const run: Command = {
  name: 'run',
  does: 'cleans all of a file',
  syntax: {
    positionals: [{ name: 'RULES.json', required: true }],
    options: {
      input: { value: 'F', required: true },
      'input-format': { value: INPUT_FORMATS },
      output: { value: 'F', required: true },
      'output-format': { value: 'csv|jsonl|parquet' },
      rejects: { value: 'F' },
      report: { value: 'F' },
    },
    flags: ['json'],
  },
  async run(args, { signal, progress }) {
    const [rules = ''] = args.positionals;
    const input = args.required('input');
    const output = args.required('output');
    const rejects = args.option('rejects');
    const format = formatOf('run', 'input', input, args.option('input-format'));
    const outputFormat = outputFormatOf('run', 'output', output, args.option('output-format'));
    const rejectsFormat = rejects === undefined ? undefined : outputFormatOf('run', 'rejects', rejects);
    const report = await withRuleSet(rules, (ruleSet) =>
      runLocally({
        ruleSet,
        input,
        dialect: dialectOf(ruleSet, format, input),
        output: { path: output, format: outputFormat },
        ...(rejects !== undefined &&
          rejectsFormat !== undefined && { rejects: { path: rejects, format: rejectsFormat } }),
        report: args.option('report'),
        signal,
        onProgress: ({ phase, rows, rowsPerSecond }) =>
          progress(
            `${phase}: ${plural(rows, 'row')}${rowsPerSecond === null ? '' : `, ${count(rowsPerSecond)} a second`}`,
          ),
      }),
    );
    return {
      text: summary(report),
      json: report,
      ...(report.failure && { failed: [`${report.failure.message} Nothing was written but the report.`] }),
    };
  },
};
