import { type FaultJson, isFault } from '../../shared/contract/errors';
import { ended } from '../../shared/document/issues';

/** Codes of faults for which the run failed; every other fault means that the input is wrong. */
const RUN_FAILED = /^(?:cancelled$|engine\.|run\.|verify\.|internal$)/;

/** One line per fault. A message of several lines holds several faults. */
export function faultLines(error: unknown): readonly string[] {
  if (!isFault(error)) return [`error: ${error instanceof Error ? error.message.split('\n')[0] : 'unknown'}`];
  const lines = error.message.split('\n');
  if (lines.length > 1) return lines;
  return [error.advice === undefined ? error.message : `${ended(error.message)} ${error.advice}`];
}

/** 1: the run failed; 2: the input is wrong. */
export function exitCodeOf(error: unknown): 1 | 2 {
  return isFault(error) && !RUN_FAILED.test(error.code) ? 2 : 1;
}

/** An error as the one JSON object of --json. */
export function errorJson(error: unknown): { error: FaultJson } {
  if (isFault(error)) return { error: error.toJSON() };
  return { error: { name: 'Fault', code: 'internal', message: faultLines(error)[0] ?? '' } };
}
