import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { lowercaseTable, mapCase, uppercaseTable } from '../expression/case-table';
import { column, type Expression, text } from '../expression/expression';
import { call } from '../expression/primitives';
import { classOf } from '../operations/text/character-classes';

/**
 * The one definition of a group's place, alike in this program, in DuckDB and in Spark.
 *
 * A key compares without letter case, white space, punctuation, symbols, control and invisible characters: rules that
 * trim, collapse or change case before they compare can't bring rows together that were drawn apart. A row of which a
 * key is null or empty is like no other row; it is a group of its own, placed by all of its cells.
 */
const LEFT_OUT = classOf(
  { which: ['white-space', 'punctuation', 'symbols', 'control', 'invisible'], custom: '' },
  false,
);
const leftOut = new RegExp(LEFT_OUT.pattern.replaceAll('\\x{', '\\u{'), 'gu');
const BETWEEN = '\u001f';
const [SHARED, ALONE] = ['=', '!'];
const PLACE_DIGITS = 8;
const PLACES = 16 ** PLACE_DIGITS;

const comparedKey = (key: string): string =>
  mapCase(mapCase(key.replace(leftOut, ''), uppercaseTable), lowercaseTable);

/** The place of a row's group: eight hexadecimal digits, evenly spread. `row` holds all of its cells in order. */
export function groupPlace(
  seed: number,
  keys: readonly (string | null)[],
  row: readonly (string | null)[],
): string {
  const told = keys.some((key) => key === null || key === '')
    ? [ALONE, ...row.map((cell) => cell ?? '')]
    : [SHARED, ...keys.map((key) => comparedKey(key ?? ''))];
  return bytesToHex(sha256(utf8ToBytes([String(seed), ...told].join(BETWEEN)))).slice(0, PLACE_DIGITS);
}

const joined = (parts: readonly Expression[]): Expression => {
  const [first = text(''), ...rest] = parts;
  return call('join', [first, ...rest.flatMap((part) => [text(BETWEEN), part])]);
};

/**
 * `groupPlace` as an expression over the columns `c0 … cn` of a source.
 * @param keys places of the key columns among the source's, from 0
 */
export function groupPlaceOf(seed: number, keys: readonly number[], columns: number): Expression {
  const key = (at: number) => column(`c${at}`);
  const compared = keys.map((at) => call('comparedKey', [key(at)], LEFT_OUT));
  const cells = Array.from({ length: columns }, (_, at) => call('firstPresent', [key(at), text('')]));
  const missing = keys.map((at) => call('isMissing', [key(at)]));
  const told = call('choose', [
    missing.length === 1 ? (missing[0] as Expression) : call('or', missing),
    joined([text(String(seed)), text(ALONE), ...cells]),
    joined([text(String(seed)), text(SHARED), ...compared]),
  ]);
  return call('slice', [call('sha256', [told])], { from: 'start', skip: 0, take: PLACE_DIGITS });
}

/** The first place outside a share of all groups, in hexadecimal; `g` where no place is. */
export function shareEnd(share: number): string {
  const end = Math.max(1, Math.round(share * PLACES));
  return end >= PLACES ? 'g' : end.toString(16).padStart(PLACE_DIGITS, '0');
}

/** The share of all groups before a place. */
export const shareBefore = (place: string): number =>
  place === 'g' ? 1 : Number.parseInt(place, 16) / PLACES;

/** Whether a row is in a share of the groups, as an expression. */
export const inShare = (place: Expression, share: number): Expression =>
  call('less', [place, text(shareEnd(share))]);
