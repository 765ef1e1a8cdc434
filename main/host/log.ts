import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';
import type { FailureRecord } from '../../shared/rpc/failure';

const MOST_BYTES = 5_000_000;

/**
 * Appends records to `host.log` in the folder, one JSON object a line; a full file becomes `host.log.1`.
 * A log that cannot be written says so once on stderr and is given up: it must not stop the work.
 */
export function openLog(folder: string): (record: FailureRecord) => void {
  const file = path.join(folder, 'host.log');
  let given = false;
  return (record) => {
    if (given) return;
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > MOST_BYTES) renameSync(file, `${file}.1`);
      appendFileSync(file, `${JSON.stringify({ time: new Date().toISOString(), ...record })}\n`, {
        mode: 0o600,
      });
    } catch (error) {
      given = true;
      console.error(`${file} cannot be written: ${error instanceof Error ? error.message : 'unknown error'}`);
    }
  };
}
