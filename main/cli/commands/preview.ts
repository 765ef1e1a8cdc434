import { compilePlan } from '../../../shared/compile/compile';
import { checkKeys } from '../../../shared/compile/keys';
import type { Counts } from '../../../shared/compile/measures';
import { isExit, MOST_PARTS, ordinalsIn, type Plan } from '../../../shared/compile/plan';
import type { Engine } from '../../../shared/ports/engine';
import { countTrace, materialise } from '../../../shared/trace/trace';
import { viewColumns, viewQuery } from '../../../shared/trace/view';
import { count, plural } from '../../../shared/words';
import { findKey } from '../../engine/keys';
import { answerLookup } from '../../engine/lookups';
import { copySource, openWasm } from '../../verify/wasm';
import { countOf, oneOf } from '../arguments';
import type { Command } from '../command';
import { dialectOf, formatOf, INPUT_FORMATS, withRuleSet } from '../files';
import { type ReadInput, withInput } from '../input';

const DEFAULT_ROWS = 20_000;
const MOST_CHANGES = 1000;

/** `part`: which part of the row, where rows were split; 2, or 2.1 where they were split again. */
type Place = { row: number; part?: string };
type Change = Place & { column: string; before: string | null; after: string | null };
type Left = Place & { fate: string; step: string; column: string | null; reason: string };

async function copyToWasm({ engine, columns }: ReadInput): Promise<Engine> {
  const wasm = await openWasm();
  await copySource(engine, wasm, columns.length);
  return wasm;
}

/** The first changed cells and the first rows that left, over all steps. */
async function changesOf(engine: Engine, plan: Plan): Promise<{ changes: Change[]; left: Left[] }> {
  const columns = viewColumns(plan, null);
  const view = viewQuery(plan, 'trace', {
    step: null,
    filter: { show: 'changed' },
    offset: 0,
    limit: MOST_CHANGES,
  });
  const {
    columns: [rows = [], fates = [], , ...cells],
    rows: count,
  } = await engine.query(view);
  const placeOf = (row: number): Place => {
    const parts: number[] = [];
    let at = row;
    for (const _ of ordinalsIn(plan.actions)) {
      parts.unshift((at % MOST_PARTS) + 1);
      at = Math.floor(at / MOST_PARTS);
    }
    return parts.length === 0 ? { row } : { row: at, part: parts.join('.') };
  };
  const changes: Change[] = [];
  const left: Left[] = [];
  for (let i = 0; i < count; i++) {
    const place = placeOf(Number(rows[i]));
    const action = fates[i] === null ? undefined : plan.actions[Number(fates[i])];
    if (action && isExit(action)) {
      const fate = action.kind === 'merge' ? 'merged' : action.fate;
      left.push({
        ...place,
        fate,
        step: plan.steps[action.step]?.id ?? '',
        column: action.column,
        reason: action.reason,
      });
    }
    for (const [j, { column }] of columns.entries()) {
      const [before, after] = [cells[2 * j]?.[i] ?? null, cells[2 * j + 1]?.[i] ?? null] as [
        string | null,
        string | null,
      ];
      if (before !== after && changes.length < MOST_CHANGES)
        changes.push({ ...place, column, before, after });
    }
  }
  return { changes, left };
}

function text({ read, added, kept, filtered, rejected, merged, steps }: Counts): string {
  return [
    `${plural(read, 'row')}${added > 0 ? `, ${count(added)} added` : ''}: ${count(kept)} kept, ${count(filtered)} filtered, ${count(rejected)} rejected, ${count(merged)} merged`,
    ...steps.map(
      (step) =>
        `  ${step.sentence}: ${plural(step.changedCells, 'cell')} changed${step.added > 0 ? `, ${plural(step.added, 'row')} added` : ''}, ${plural(step.filtered + step.rejected + step.merged, 'row')} left`,
    ),
  ].join('\n');
}

export const preview: Command = {
  name: 'preview',
  does: 'shows what a rule set does to the first rows of a file',
  syntax: {
    positionals: [{ name: 'RULES.json', required: true }],
    options: {
      input: { value: 'F', required: true },
      'input-format': { value: INPUT_FORMATS },
      rows: { value: 'N' },
      engine: { value: 'native|wasm' },
    },
    flags: ['json'],
  },
  async run(args, { signal }) {
    const [rules = ''] = args.positionals;
    const input = args.required('input');
    const rows = countOf('preview', 'rows', args.option('rows')) ?? DEFAULT_ROWS;
    const kind = oneOf('preview', 'engine', args.option('engine') ?? 'native', ['native', 'wasm']);
    const format = formatOf('preview', 'input', input, args.option('input-format'));
    return withRuleSet(rules, (ruleSet) =>
      withInput({ input, dialect: dialectOf(ruleSet, format, input), rows, signal }, async (read) => {
        const plan = await checkKeys(compilePlan(ruleSet, read.columns), findKey);
        const engine = kind === 'wasm' ? await copyToWasm(read) : read.engine;
        try {
          await materialise({ engine, plan, source: 'source', table: 'trace', answer: answerLookup, signal });
          const counts = await countTrace(engine, plan, 'trace', { unreadable: read.unreadable, signal });
          const found = await changesOf(engine, plan);
          return {
            text: text(counts),
            json: {
              engine: kind,
              version: engine.version,
              columns: read.columns,
              rows: read.rows,
              unreadable: read.unreadable,
              counts,
              ...found,
            },
          };
        } finally {
          if (kind === 'wasm') await engine.close();
        }
      }),
    );
  },
};
