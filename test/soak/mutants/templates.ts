import type { Dialect } from '../../../shared/compile/render';
import type { Constants } from '../../../shared/expression/expression';
import type { Primitive, TemplateInput } from '../../../shared/expression/primitive';
import { type PrimitiveId, primitiveOf, primitives } from '../../../shared/expression/primitives';

type Template = Primitive['duckdb'];
export type TemplateMutant = {
  readonly primitive: PrimitiveId;
  readonly dialect: Dialect;
  readonly fault: string;
  /** Puts the faulty template in place; what it returns puts the right one back. */
  plant(): () => void;
};

const swap = (sql: string, one: string, other: string): string => {
  const mark = '\u0001';
  return sql.replaceAll(one, mark).replaceAll(other, one).replaceAll(mark, other);
};

/** Faults that somebody might make in any template; those that leave it as it is are no mutants of it. */
const FAULTS: Readonly<Record<string, (sql: string) => string>> = {
  'AND for OR': (sql) => sql.replace(' OR ', ' AND '),
  'OR for AND': (sql) => sql.replace(' AND ', ' OR '),
  '< for <=': (sql) => sql.replace(/<=(?!>)/, '<'),
  '<= for <': (sql) => sql.replace(/<(?![=>])/, '<='),
  '> for >=': (sql) => sql.replace('>=', '>'),
  '>= for >': (sql) => sql.replace(/(?<![<=-])>(?!=)/, '>='),
  '<> for =': (sql) => sql.replace(/ = /, ' <> '),
  'true for false': (sql) => sql.replace(/FALSE/i, 'TRUE'),
  'no coalesce': (sql) => sql.replace(/^(\(?)coalesce\((.*), [^,]*\)(\)?.*)$/s, '$1($2)$3'),
  'the opposite of a null test': (sql) => sql.replace('IS NULL', 'IS NOT NULL'),
  'not the start': (sql) => sql.replace(/\\{1,2}A/g, ''),
  'not the end': (sql) => sql.replace(/\\{1,2}z/g, ''),
  'a character too few in a class': (sql) => sql.replace(/\\{1,2}x\{3000\}/g, ''),
  'only the first': (sql) => sql.replace(", 'g'", ''),
  'branches the other way round': (sql) => sql.replace(/THEN (.+?) ELSE (.+?) END$/s, 'THEN $2 ELSE $1 END'),
  'a branch forgotten': (sql) => sql.replace(/ELSE (.+?) END/s, 'END'),
  'upper for lower': (sql) => swap(sql, 'lower(', 'upper('),
  'the place after': (sql) => sql.replace('+ 1', '+ 2'),
  'the place before': (sql) => sql.replace(/, 1\)/, ', 2)'),
  'bytes for characters': (sql) =>
    sql
      .replace(/(?<![a-z_])length\(/, 'octet_length(')
      .replace('octet_length(⟦0⟧)', 'octet_length(CAST(⟦0⟧ AS BLOB))'),
  'start for anywhere': (sql) => sql.replace(/(?<![a-z_])contains\(/, 'starts_with('),
  'end for start': (sql) =>
    sql.replace(/starts_?with\(/, (found) => (found === 'starts_with(' ? 'ends_with(' : 'endswith(')),
  'start for end': (sql) =>
    sql.replace(/ends_?with\(/, (found) => (found === 'ends_with(' ? 'starts_with(' : 'startswith(')),
  'a space for nothing': (sql) => sql.replace("''", "' '"),
  'not found for found': (sql) =>
    sql.replace('regexp_matches(', 'NOT regexp_matches(').replace(' RLIKE ', ' NOT RLIKE '),
  'other digits': (sql) => sql.replaceAll('[0-9]', '[0-8]'),
  'fewer decimals': (sql) =>
    sql.replace(
      /DECIMAL\((\d+), ?(\d+)\)/,
      (_, all, places) => `DECIMAL(${all},${Math.max(0, Number(places) - 1)})`,
    ),
  'rounded down': (sql) => sql.replace(/(?<![a-z_])round\(/, 'floor('),
  'the next whole number': (sql) => sql.replace(/(?<![a-z_])floor\(/, 'ceil('),
  'minus for plus': (sql) => sql.replace(' + ', ' - '),
  'plus for minus': (sql) => sql.replace(' - ', ' + '),
  'times for over': (sql) => sql.replace(/ \/\/? | DIV /i, ' * '),
  'a cast that fails': (sql) => sql.replace(/try_cast\(/i, 'CAST('),
  'one more': (sql) => sql.replace(/(?<=<= )(\d+)/, (found) => String(Number(found) + 1)),
  'as wide as may be': (sql) => sql.replace(/\{1,(\d+)\}/, '{1,}'),
};

/** Faults of the whole: what it returns, or what it makes of null. */
function wholeFaults({ takes, returns, nulls }: Primitive): Record<string, (sql: string) => string> {
  const empty = { text: "''", integer: '0', boolean: 'FALSE' }[returns as string];
  return {
    ...(takes[0] === returns && { 'does nothing': () => '⟦0⟧' }),
    ...(nulls === 'propagates' &&
      empty !== undefined && { 'null as empty': (sql: string) => `coalesce(${sql}, ${empty})` }),
    ...(nulls === 'total' &&
      returns === 'boolean' && {
        'null for null': (sql: string) => `CASE WHEN ⟦0⟧ IS NOT NULL THEN ${sql} END`,
      }),
    ...(returns === 'integer' && { 'one too many': (sql: string) => `(${sql} + 1)` }),
    ...(returns === 'boolean' && { 'the opposite': (sql: string) => `(NOT ${sql})` }),
  };
}

/** A template with a fault in its own SQL, never in that of its operands. */
function faulty(template: Template, fault: (sql: string) => string): Template {
  return ({ operands, ...input }: TemplateInput<Constants>) => {
    const marked = template({ ...input, operands: operands.map((_, i) => `⟦${i}⟧`) });
    return fault(marked).replace(/⟦(\d+)⟧/g, (_, i) => operands[Number(i)] ?? '');
  };
}

const marks = (id: PrimitiveId) => {
  const { takes } = primitiveOf(id);
  return Array.from({ length: takes.at(-1) === '*' ? 3 : takes.length }, (_, i) => `⟦${i}⟧`);
};

/** Every fault that changes a template of a primitive for one of its samples at least. */
export function templateMutants(
  quoting: Readonly<Record<Dialect, TemplateInput<Constants>['quote']>>,
): TemplateMutant[] {
  const library = primitives as unknown as Record<string, Primitive>;
  return (Object.keys(primitives) as PrimitiveId[]).flatMap((id) =>
    (['duckdb', 'spark'] as const).flatMap((dialect) => {
      const original = primitiveOf(id);
      const template = original[dialect];
      return Object.entries({ ...FAULTS, ...wholeFaults(original) }).flatMap(
        ([fault, change]): TemplateMutant[] => {
          const changes = original.samples.some((constants) => {
            const sql = template({ operands: marks(id), constants, quote: quoting[dialect] });
            return change(sql) !== sql;
          });
          if (!changes) return [];
          return [
            {
              primitive: id,
              dialect,
              fault,
              plant() {
                library[id] = { ...original, [dialect]: faulty(template, change) };
                return () => {
                  library[id] = original;
                };
              },
            },
          ];
        },
      );
    }),
  );
}
