import { address } from './address';
import { cast } from './cast';
import { changeCase } from './change-case';
import { check } from './check/check';
import { collapseWhitespace } from './collapse-whitespace';
import { country } from './country';
import { age } from './dates/age';
import { convertZone } from './dates/convert-zone';
import { dateDifference } from './dates/date-difference';
import { datePart } from './dates/date-part';
import { formatDate } from './dates/format-date';
import { generalizeDate } from './dates/generalize-date';
import { parseDate } from './dates/parse-date';
import { parseTimestamp } from './dates/parse-timestamp';
import { plausibleDate } from './dates/plausible-date';
import { deduplicate } from './deduplicate';
import { derive } from './derive';
import { dropColumns } from './drop-columns';
import { duplicateColumn } from './duplicate-column';
import { email } from './email';
import { explode } from './explode';
import { fillMissing } from './fill-missing';
import { filter } from './filter';
import { gender } from './gender';
import { hash } from './hash';
import { identifier } from './identifier';
import { ipAddress } from './ip-address';
import { lookup } from './lookup';
import { mapValues } from './map-values';
import { mask } from './mask';
import { matchDuplicates } from './match-duplicates';
import { mergeDuplicates } from './merge-duplicates';
import { mergeVariants } from './merge-variants';
import { nullify } from './nullify';
import { bin } from './numbers/bin';
import { clamp } from './numbers/clamp';
import { parseMoney } from './numbers/parse-money';
import { parseNumber } from './numbers/parse-number';
import { round } from './numbers/round';
import { scale } from './numbers/scale';
import type { Operation, Scope } from './operation';
import { personName } from './person-name';
import { phone } from './phone';
import { postalCode } from './postal-code';
import { redact } from './redact';
import { region } from './region';
import { rename } from './rename';
import { selectColumns } from './select-columns';
import { addAffix } from './text/add-affix';
import { extractPattern } from './text/extract-pattern';
import { joinColumns } from './text/join-columns';
import { keepCharacters } from './text/keep-characters';
import { normalizeUnicode } from './text/normalize-unicode';
import { pad } from './text/pad';
import { removeCharacters } from './text/remove-characters';
import { replacePattern } from './text/replace-pattern';
import { replaceText } from './text/replace-text';
import { slice } from './text/slice';
import { splitColumn } from './text/split-column';
import { straightenPunctuation } from './text/straighten-punctuation';
import { stripAccents } from './text/strip-accents';
import { unescapeHtml } from './text/unescape-html';
import { trim } from './trim';
import { url } from './url';

const all = [
  trim,
  collapseWhitespace,
  changeCase,
  removeCharacters,
  keepCharacters,
  stripAccents,
  normalizeUnicode,
  straightenPunctuation,
  replaceText,
  replacePattern,
  extractPattern,
  slice,
  pad,
  addAffix,
  unescapeHtml,
  splitColumn,
  joinColumns,
  nullify,
  mergeVariants,
  fillMissing,
  mapValues,
  lookup,
  email,
  phone,
  personName,
  country,
  region,
  postalCode,
  address,
  gender,
  url,
  ipAddress,
  identifier,
  parseNumber,
  parseMoney,
  round,
  clamp,
  bin,
  scale,
  parseDate,
  parseTimestamp,
  formatDate,
  datePart,
  dateDifference,
  age,
  plausibleDate,
  convertZone,
  rename,
  dropColumns,
  selectColumns,
  duplicateColumn,
  cast,
  derive,
  filter,
  deduplicate,
  matchDuplicates,
  mergeDuplicates,
  explode,
  mask,
  hash,
  redact,
  generalizeDate,
  check,
] as const;

/** An operation whose parameters are known only at run time: validate them with its own schema. */
export type AnyOperation = Operation<never> & { readonly id: string };

/** Every operation, in the order of the library. */
export const operations: readonly AnyOperation[] = all as readonly unknown[] as readonly AnyOperation[];

const byId = new Map(operations.map((one) => [one.id, one]));

/** The operation with an id, or undefined. */
export const findOperation = (id: string): AnyOperation | undefined => byId.get(id);

/** The scope of a step with these parameters; where they are not valid, the operation's. */
export function scopeOfStep(operation: AnyOperation, parameters: unknown): Scope {
  const parsed = operation.scopeOf && operation.parameters.safeParse(parameters);
  return (parsed?.success && operation.scopeOf?.(parsed.data)) || operation.scope;
}
