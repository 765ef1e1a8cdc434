import type { Expression } from '../expression/expression';
import { addressLookup } from './address';
import { hmacLookup } from './hmac';
import { ipv6Lookup } from './ipv6';
import { jsonElementsLookup } from './json-elements';
import { type FindKey, requireKey } from './key';
import { type AnswerFunction, answerColumns, type LookupDefinition, type Texts } from './lookup';
import { matchLookup } from './match';
import { normalizeUnicodeLookup } from './normalize-unicode';
import { personNameLookup } from './person-name';
import { phoneLookup } from './phone-lookup';
import { unescapeHtmlLookup } from './unescape-html';
import { variantKeyLookup } from './variant-key';
import { zoneLookup } from './zone';

/** Every lookup, by id. The job has one of the same id in main/publish/pyspark/dataharmonize/lookups.py. */
export const lookups = {
  address: addressLookup,
  hmac: hmacLookup,
  ipv6: ipv6Lookup,
  'json-elements': jsonElementsLookup,
  'person-name': personNameLookup,
  phone: phoneLookup,
  'normalize-unicode': normalizeUnicodeLookup,
  'unescape-html': unescapeHtmlLookup,
  'variant-key': variantKeyLookup,
  match: matchLookup,
  zone: zoneLookup,
} as const;

export type LookupId = keyof typeof lookups;
type Parts<Id extends LookupId> =
  (typeof lookups)[Id] extends LookupDefinition<infer In, infer Out, infer O>
    ? { inputs: In; outputs: Out; options: O }
    : never;
export type LookupInputs<Id extends LookupId> = Readonly<Record<Parts<Id>['inputs'], Expression>>;
export type LookupOutput<Id extends LookupId> = Parts<Id>['outputs'];
export type LookupOptions<Id extends LookupId> = Parts<Id>['options'];

/** Looks a lookup up with its options' type widened, for code that handles any. */
export function lookupOf(id: LookupId): LookupDefinition {
  return lookups[id] as unknown as LookupDefinition;
}

/** What is asked of a lookup: its id and its options, as the plan has them. */
export type LookupKind = { readonly lookup: LookupId; readonly options: unknown };

/** Whether the answers of a lookup depend on all rows that ask. */
export const isWhole = (id: LookupId): boolean => lookupOf(id).whole !== undefined;

type Answer = (inputs: readonly Texts[], options: unknown) => readonly Texts[];
const loaded = new Map<LookupId, Promise<Answer>>();

async function load(id: LookupId, key: string | null): Promise<Answer> {
  const { whole, load: one, outputs } = lookupOf(id);
  if (whole) return (await whole()) as Answer;
  const answer = (await one(key)) as AnswerFunction<unknown>;
  return (inputs, options) => answerColumns(answer, options, inputs, outputs.length);
}

/** The key that a question needs; null for most. */
export const keyIn = ({ lookup, options }: LookupKind) => lookupOf(lookup).key?.(options as never) ?? null;

/**
 * Answers rows given as columns, on this thread.
 * @param find where the lookup needs a key; a Fault `key.missing` without
 */
export async function answerHere(
  { lookup, options }: LookupKind,
  inputs: readonly Texts[],
  find: FindKey = async () => null,
): Promise<readonly Texts[]> {
  const key = keyIn({ lookup, options });
  if (key) return (await load(lookup, await requireKey(key, find)))(inputs, options);
  let answer = loaded.get(lookup);
  if (!answer) {
    answer = load(lookup, null);
    loaded.set(lookup, answer);
  }
  return (await answer)(inputs, options);
}
