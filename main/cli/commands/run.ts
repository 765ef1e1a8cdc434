import type { RunReport } from '../../../shared/contract/calls/runs';
import { runLocally } from '../../run/local-run';
import type { Command } from '../command';
import { dialectOf, formatOf, readRuleSet } from '../files';

const number = (value: number) => value.toLocaleString('en-US');

function summary({ counts, outputs, unreadable }: RunReport): string {
  if (!counts) return '';
  const { read, kept, filtered, rejected, merged } = counts;
  const lines = [
    `${number(read)} rows read: ${number(kept)} kept, ${number(filtered)} filtered, ${number(rejected)} rejected${
      unreadable > 0 ? ` (${number(unreadable)} of them unreadable)` : ''
    }, ${number(merged)} merged`,
    ...counts.steps.map(({ sentence, changedCells, ...left }) => {
      const gone = left.filtered + left.rejected + left.merged;
      return `  ${sentence}: ${number(changedCells)} cells changed${gone > 0 ? `, ${number(gone)} rows left` : ''}`;
    }),
    ...outputs.map(({ path, rows }) => `${path}: ${number(rows)} rows`),
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
      'input-format': { value: 'csv|jsonl|parquet' },
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
    const outputFormat = formatOf('run', 'output', output, args.option('output-format'));
    const rejectsFormat = rejects === undefined ? undefined : formatOf('run', 'rejects', rejects);
    const ruleSet = await readRuleSet(rules);
    const report = await runLocally({
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
          `${phase}: ${number(rows)} rows${rowsPerSecond === null ? '' : `, ${number(rowsPerSecond)} a second`}`,
        ),
    });
    return {
      text: summary(report),
      json: report,
      ...(report.failure && { failed: [`${report.failure.message} Nothing was written but the report.`] }),
    };
  },
};
