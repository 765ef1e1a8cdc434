import { type Completion, type CompletionContext, snippetCompletion } from '@codemirror/autocomplete';
import { PostgreSQL, SQLDialect, type SQLNamespace, sql } from '@codemirror/lang-sql';
import type { Extension } from '@codemirror/state';
import type { WorkspaceJoin } from './joined';
import type { WorkspaceSource } from './workspace';

// What DuckDB adds to the words of PostgreSQL.
const words = 'exclude replace qualify pivot unpivot summarize describe positional asof semi anti columns';

const duckDialect = SQLDialect.define({
  ...PostgreSQL.spec,
  keywords: `${PostgreSQL.spec.keywords ?? ''} ${words}`,
  caseInsensitiveIdentifiers: true,
});

const functions: readonly Completion[] = [
  ...['count', 'sum', 'avg', 'min', 'max', 'median', 'lower', 'upper', 'trim', 'length', 'coalesce', 'round'],
  ...[
    'strftime',
    'date_trunc',
    'try_cast',
    'regexp_matches',
    'regexp_replace',
    'regexp_extract',
    'split_part',
  ],
  ...['contains', 'starts_with', 'list', 'string_agg', 'quantile_cont', 'row_number', 'rank', 'lag'],
].map((label) => snippetCompletion(`${label}(\${})`, { label, type: 'function' }));

/** What the schema offers after the words of the language. */
export function namespaceOf(
  sources: readonly WorkspaceSource[],
  joins: readonly WorkspaceJoin[],
): SQLNamespace {
  const tables = sources.flatMap(({ tables: names, columns, rawColumns, merged }) => [
    [names.clean, columns] as const,
    [names.raw, rawColumns] as const,
    ...(merged > 0
      ? [[names.merged, columns.flatMap((one) => [`removed ${one}`, `kept ${one}`])] as const]
      : []),
  ]);
  const joined = joins.map(({ name, columns }) => [name, columns] as const);
  return Object.fromEntries(
    [...tables, ...joined].map(([table, columns]) => [table, columns.map(columnCompletion)]),
  );
}

const isPlain = (name: string): boolean => /^[a-z_][a-z0-9_]*$/i.test(name);
/** A name as SQL takes it: in double quotes where it must be. */
export const quotedName = (name: string): string =>
  isPlain(name) ? name : `"${name.replaceAll('"', '""')}"`;

const columnCompletion = (label: string): Completion => ({
  label,
  apply: quotedName(label),
  type: 'property',
});

/** SQL with completion of tables, their columns wherever they fit, and functions. */
export function sqlLanguage(sources: readonly WorkspaceSource[], joins: readonly WorkspaceJoin[]): Extension {
  const columns = [
    ...new Set([
      ...sources.flatMap((one) => [...one.columns, ...one.rawColumns]),
      ...joins.flatMap((one) => one.columns),
    ]),
  ];
  const anywhere = [...columns.map((one) => ({ ...columnCompletion(one), boost: 1 })), ...functions];
  const complete = (context: CompletionContext) => {
    const word = context.matchBefore(/[\p{L}\p{N}_]+/u);
    if (!word && !context.explicit) return null;
    if (word && context.state.sliceDoc(word.from - 1, word.from) === '.') return null;
    return { from: word?.from ?? context.pos, options: anywhere, validFor: /^[\p{L}\p{N}_]*$/u };
  };
  const language = sql({
    dialect: duckDialect,
    schema: namespaceOf(sources, joins),
    upperCaseKeywords: true,
  });
  return [language, duckDialect.language.data.of({ autocomplete: complete })];
}
