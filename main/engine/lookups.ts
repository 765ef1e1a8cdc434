import { setImmediate } from 'node:timers/promises';
import type { Texts } from '../../shared/lookup/lookup';
import { answerHere, isWhole, type LookupKind, lookupOf } from '../../shared/lookup/registry';
import type { LookupAnswerer } from '../../shared/trace/trace';
import { cancelled } from './faults';
import { findKey } from './keys';
import { askPool } from './lookup-pool';

const PART = 5000;
/** Parts on their way at once, so that no worker waits for the next. */
const AHEAD = 4;
const MOST_REMEMBERED = 200_000;
/** Answers of heavy lookups by question, oldest first. */
const remembered = new Map<string, Texts>();

const question = ({ lookup, options }: LookupKind) => {
  const kind = JSON.stringify([lookup, options]);
  return (inputs: Texts) => `${kind}${JSON.stringify(inputs)}`;
};
const rowAt = (columns: readonly Texts[], row: number): Texts => columns.map((column) => column[row] ?? null);

/**
 * Answers lookups on this machine: heavy ones by workers, light ones on this thread, which others get between parts.
 * Nothing is remembered: for inputs that do not come again.
 */
export const answerAll: LookupAnswerer = async ({ lookup, options }, inputs, signal) => {
  const { heavy, outputs } = lookupOf(lookup);
  const rows = inputs[0]?.length ?? 0;
  const answers = outputs.map(() => new Array<string | null>(rows).fill(null));
  const kind: LookupKind = { lookup, options };
  const size = isWhole(lookup) ? Math.max(rows, 1) : PART;
  let from = 0;
  const lane = async () => {
    while (from < rows) {
      if (signal?.aborted) throw cancelled();
      const at = from;
      from += size;
      const asked = inputs.map((column) => column.slice(at, at + size));
      const part = heavy ? await askPool({ kind, inputs: asked }) : await answerHere(kind, asked, findKey);
      if (!heavy) await setImmediate();
      for (const [o, column] of part.entries()) {
        for (const [i, text] of column.entries()) (answers[o] ?? [])[at + i] = text;
      }
    }
  };
  await Promise.all(Array.from({ length: heavy ? AHEAD : 1 }, lane));
  if (signal?.aborted) throw cancelled();
  return answers;
};

/** Answers lookups on this machine, and remembers answers that were expensive, up to a number. */
export const answerLookup: LookupAnswerer = async (lookup, inputs, signal) => {
  const rows = inputs[0]?.length ?? 0;
  const { heavy, outputs } = lookupOf(lookup.lookup);
  if (!heavy || isWhole(lookup.lookup) || rows > MOST_REMEMBERED / 2)
    return answerAll(lookup, inputs, signal);
  const keyOf = question(lookup);
  const keys = Array.from({ length: rows }, (_, row) => keyOf(rowAt(inputs, row)));
  const missing = [...keys.keys()].filter((row) => !remembered.has(keys[row] ?? ''));
  const asked = inputs.map((column) => missing.map((row) => column[row] ?? null));
  const found = await answerAll(lookup, asked, signal);
  const fresh = new Map<string, Texts>();
  for (const [i, row] of missing.entries()) fresh.set(keys[row] ?? '', rowAt(found, i));
  const answers = keys.map((key) => fresh.get(key) ?? remembered.get(key) ?? []);
  for (const [key, answer] of fresh) remembered.set(key, answer);
  for (const key of remembered.keys()) {
    if (remembered.size <= MOST_REMEMBERED) break;
    remembered.delete(key);
  }
  return outputs.map((_, o) => answers.map((answer) => answer[o] ?? null));
};
