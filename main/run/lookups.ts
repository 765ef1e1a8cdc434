import { lookupInputsQuery, lookupsOf, readable } from '../../shared/compile/duckdb';
import type { Plan } from '../../shared/compile/plan';
import { duckdb as quote } from '../../shared/compile/sql/quote';
import { isWhole } from '../../shared/lookup/registry';
import type { CellValue, Engine } from '../../shared/ports/engine';
import type { CancelSignal } from '../../shared/ports/signal';
import type { LookupAnswerer } from '../../shared/trace/trace';

/** Distinct inputs that are in JavaScript’s memory at once, twice over: one part is read while another is answered. */
const PART = 50_000;
/** Inputs of a lookup that must see them all. */
const MOST_WHOLE = 1_000_000_000;

const asText = (value: CellValue): string | null => (value === null ? null : String(value));

/**
 * Prepares the answers of a plan's lookups as tables and returns their names. However many distinct inputs there
 * are, only a part of them is outside the engine at a time.
 * @param source SQL of the relation with `c0 … cn`
 * @param told how many inputs have been answered
 */
export async function prepareLookupsInParts(options: {
  engine: Engine;
  plan: Plan;
  source: string;
  answer: LookupAnswerer;
  signal?: CancelSignal | undefined;
  told: (answered: number) => void;
}): Promise<readonly string[]> {
  const { engine, plan, source, answer, signal, told } = options;
  const tables: string[] = [];
  for (const [n, lookup] of lookupsOf(plan).entries()) {
    const [inputs, answers, part, joined] = ['inputs', 'answers', 'part', 'lookup'].map((one) =>
      quote.identifier(`${one}_${n}`),
    ) as [string, string, string, string];
    const query = lookupInputsQuery(plan, n, { source, lookups: tables, survivors: false });
    const names = lookup.ids.map((_, i) => `a${i}`);
    await engine.execute(
      `CREATE OR REPLACE TEMP TABLE ${inputs} AS SELECT row_number() OVER () AS id, * FROM (${query}); ` +
        `CREATE OR REPLACE TEMP TABLE ${answers} (id BIGINT, ${names.map((name) => `${name} VARCHAR`).join(', ')})`,
      signal,
    );
    const columns = lookup.inputs.map((_, i) => `${readable(`i${i}`)} AS i${i}`).join(', ');
    const size = isWhole(lookup.lookup) ? MOST_WHOLE : PART;
    const partAfter = async (id: number) => {
      const range = `id > ${quote.integer(id)} AND id <= ${quote.integer(id + size)}`;
      const read = await engine.query(`SELECT ${columns} FROM ${inputs} WHERE ${range} ORDER BY id`, signal);
      return { rows: read.rows, texts: read.columns.map((column) => column.map(asText)) };
    };
    let next = partAfter(0);
    for (let at = 0; ; at += size) {
      const { rows, texts } = await next;
      if (rows === 0) break;
      next = partAfter(at + size);
      next.catch(() => undefined);
      const answered = await answer(lookup, texts, signal);
      // Rows of a table just loaded are numbered as they were given, from 0: ids need not pass through JavaScript.
      await engine.load(`part_${n}`, names, answered);
      await engine.execute(
        `INSERT INTO ${answers} SELECT ${quote.integer(at + 1)} + rowid, * FROM ${part}`,
        signal,
      );
      told(at + rows);
    }
    await engine.execute(
      `CREATE OR REPLACE TEMP TABLE ${joined} AS SELECT i.* EXCLUDE (id), a.* EXCLUDE (id) ` +
        `FROM ${inputs} i JOIN ${answers} a ON a.id = i.id; ` +
        `DROP TABLE ${inputs}; DROP TABLE ${answers}; DROP TABLE IF EXISTS ${part}`,
      signal,
    );
    tables.push(`lookup_${n}`);
  }
  return tables;
}
