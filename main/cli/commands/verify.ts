import { count, plural } from '../../../shared/words';
import { createLocalConnector } from '../../connectors/local/connector';
import { type VerifiedEngine, verify as verifyEngines } from '../../verify/verify';
import { countOf, oneOf, usage } from '../arguments';
import type { Command } from '../command';
import { dialectOf, formatOf, INPUT_FORMATS, withRuleSet } from '../files';

const ENGINES: readonly VerifiedEngine[] = ['wasm', 'native', 'spark'];
const MOST_LINES = 10;

export const verify: Command = {
  name: 'verify',
  does: 'runs a rule set on several engines and compares every cell and count',
  syntax: {
    positionals: [{ name: 'RULES.json', required: true }],
    options: {
      input: { value: 'F', required: true },
      'input-format': { value: INPUT_FORMATS },
      engines: { value: 'wasm,native,spark' },
      rows: { value: 'N' },
    },
    flags: ['json'],
  },
  async run(args, { signal, progress }) {
    const [rules = ''] = args.positionals;
    const input = args.required('input');
    const named = (args.option('engines') ?? ENGINES.join(','))
      .split(',')
      .map((one) => oneOf('verify', 'engines', one, ENGINES));
    const engines = [...new Set(named)];
    if (engines.length < 2) throw usage('verify: --engines must name two engines or more.');
    const rows = countOf('verify', 'rows', args.option('rows')) ?? null;
    const format = formatOf('verify', 'input', input, args.option('input-format'));
    const report = await withRuleSet(rules, (ruleSet) =>
      verifyEngines({
        ruleSet,
        connector: createLocalConnector(),
        path: input,
        dialect: dialectOf(ruleSet, format, input),
        engines,
        rows,
        signal,
        onProgress: ({ phase }) => progress(phase),
      }),
    );
    const lines = report.engines.map(
      ({ engine, version, rows: read, cells, seconds }) =>
        `${engine} ${version}: ${plural(read, 'row')}, ${plural(cells, 'cell')}, ${seconds} s`,
    );
    if (report.equal)
      return { text: [...lines, 'All engines agree on every cell, row and count.'].join('\n'), json: report };
    const shown = (value: string | null) => (value === null ? 'null' : JSON.stringify(value));
    const first = report.differences
      .slice(0, MOST_LINES)
      .map(
        (one) =>
          `${one.engine}, ${one.where}${one.place == null ? '' : `, row ${one.place}`}${one.column === null ? '' : `, ${one.column}`}: ${shown(one.expected)} and not ${shown(one.found)}`,
      );
    return {
      text: lines.join('\n'),
      json: report,
      failed: [`The engines differ in ${count(report.differing)} rows or counts. The first:`, ...first],
    };
  },
};
