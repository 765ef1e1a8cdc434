import { canonicalJson } from '../compile/hash';
import { duckdb as quote } from '../compile/sql/quote';
import { Fault } from '../contract/errors';
import { findOperation } from '../operations/registry';
import { completed, effectOf } from './effect';
import { createLooks, type Ground } from './look';
import { detectors } from './registry';
import type { Candidate, Look, Suggestion, SuggestionKind } from './suggestion';
import { evidenceOf, evidenceTogether } from './words';

export type Search = Omit<Ground, 'table' | 'rows'> & {
  /** SQL of the relation that holds `c0 … cn`. */
  readonly source: string;
  /** Prefix of the temporary tables; none of them stays. */
  readonly prefix: string;
  /** Columns to look at; all of them unless told. */
  readonly only?: readonly string[];
  /** Told after each column: its suggestions, best first. */
  readonly found?: (column: string, suggestions: readonly Suggestion[]) => void;
};

/** Best first: the most cells mended or rows merged; then in the order of the registry. */
export function ranked(suggestions: readonly Suggestion[]): readonly Suggestion[] {
  const place = (kind: SuggestionKind) => detectors.findIndex((one) => one.kind === kind);
  const worth = ({ fixed, left }: Suggestion) => fixed + left;
  return [...suggestions].sort((a, b) => worth(b) - worth(a) || place(a.kind) - place(b.kind));
}

/**
 * Looks at each column of a sample and suggests steps, each with what it would do, counted over the whole sample by
 * the operation itself. A suggestion that would change nothing is not made. Throws a Fault `cancelled`.
 */
export async function suggestSteps(search: Search): Promise<readonly Suggestion[]> {
  const { engine, columns, source, prefix, only = columns, signal, found } = search;
  const table = `${prefix}_sample`;
  const ids = columns.map((_, i) => quote.identifier(`c${i}`)).join(', ');
  await engine.execute(
    `CREATE OR REPLACE TEMP TABLE ${quote.identifier(table)} AS SELECT ${ids} FROM ${source}`,
    signal,
  );
  const counted = await engine.query(
    `SELECT CAST(count(*) AS DOUBLE) AS n FROM ${quote.identifier(table)}`,
    signal,
  );
  const ground: Ground = { ...search, table, rows: Number(counted.columns[0]?.[0] ?? 0) };
  const looks = createLooks(ground);
  try {
    const all: Suggestion[] = [];
    for (const column of only) {
      const suggestions = await suggestFor(ground, await looks.at(column));
      all.push(...suggestions);
      found?.(column, suggestions);
    }
    return ranked(all);
  } finally {
    await looks.close();
    await engine.execute(`DROP TABLE IF EXISTS ${quote.identifier(table)}`);
  }
}

async function suggestFor(ground: Ground, look: Look): Promise<readonly Suggestion[]> {
  const made: Suggestion[] = [];
  const seen = new Set<string>();
  for (const { kind, operations, detect } of detectors) {
    if (!operations.some((id) => findOperation(id))) continue;
    for (const candidate of await detect(look)) {
      if (ground.signal?.aborted)
        throw new Fault({ code: 'cancelled', message: 'Looking for suggestions was given up.' });
      const key = canonicalJson([candidate.operation, candidate.columns, candidate.parameters]);
      if (seen.has(key)) continue;
      seen.add(key);
      const suggestion = await weigh(ground, look, kind, candidate);
      if (suggestion) made.push(suggestion);
    }
  }
  return ranked(made);
}

async function weigh(
  ground: Ground,
  look: Look,
  kind: SuggestionKind,
  candidate: Candidate,
): Promise<Suggestion | null> {
  const operation = findOperation(candidate.operation);
  const parameters = completed(operation, candidate.parameters);
  if (!operation || !parameters) return null;
  const effect = await effectOf(ground, candidate);
  if (!effect || effect.fixed + effect.left === 0) return null;
  const { fixed, failed, left, examples, failures } = effect;
  return {
    kind,
    operation: operation.id,
    version: operation.version,
    columns: candidate.columns,
    parameters,
    about: [look.column],
    wrong: candidate.wrong,
    sentence: operation.sentence(parameters as never, candidate.columns),
    evidence: evidenceOf(candidate, effect, look.column, look.rows),
    remarks: candidate.remarks ?? [],
    together: candidate.together ?? false,
    ...{ fixed, failed, left, examples, failures },
  };
}

/** One suggestion for all columns where the same step is suggested for several and takes them; best first. */
export function joined(suggestions: readonly Suggestion[]): readonly Suggestion[] {
  const groups = new Map<string, Suggestion[]>();
  for (const [i, one] of suggestions.entries()) {
    const key = one.together ? canonicalJson([one.operation, one.parameters]) : String(i);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  const whole = [...groups.values()].flatMap((group): Suggestion[] => {
    const [first] = group;
    const operation = first && findOperation(first.operation);
    if (!first || !operation || group.length === 1 || group.length > operation.targets.most) return group;
    const columns = group.flatMap((one) => one.columns);
    return [
      {
        ...first,
        columns,
        about: columns,
        sentence: operation.sentence(first.parameters as never, columns),
        evidence: evidenceTogether(group),
        remarks: [],
        fixed: group.reduce((sum, one) => sum + one.fixed, 0),
        examples: group.flatMap((one) => one.examples.slice(0, 1)).slice(0, 3),
      },
    ];
  });
  return ranked(whole);
}
