import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { Fault } from '../../shared/contract/errors';
import { csvLine } from './csv';
import { customers } from './customers';
import { DIRT_KINDS } from './dirt';
import { events } from './events';
import { createOutput, type Output } from './output';
import { SAMPLE_PROJECT_FILE, sampleProject } from './project';
import type { Emit, SampleTable } from './table';
import { transactions } from './transactions';
import { createTally, type DirtCount, type TableTruth, type Truth } from './truth';

export const SAMPLE_DEFAULTS = {
  seed: 42,
  customers: 20_000,
  transactions: 200_000,
  events: 500_000,
} as const;

export type SampleProgress = { table: string; rows: number; of: number };
export type SampleOptions = {
  /** Made if it is not there. Files of an earlier sample are replaced, all at the end. */
  folder: string;
  /** A whole number; the same one gives the same bytes. */
  seed?: number;
  customers?: number;
  transactions?: number;
  events?: number;
  /** Whether `truth.jsonl` names each affected cell (it grows to twice the data); `truth.json` counts them anyway. */
  cells?: boolean;
  onProgress?: (progress: SampleProgress) => void;
  signal?: AbortSignal;
};

/**
 * Writes the sample shop into a folder: `customers.csv`, `transactions.csv`, `events.csv`, the project file, and
 * what is wrong with the data in `truth.json` (counts) and `truth.jsonl` (each cell). Memory does not grow with the
 * number of rows. When it is cancelled or fails, nothing of it stays.
 * @throws Fault `sample.options` for counts or a seed that are no whole numbers; what node:fs throws; the reason of
 * `signal`.
 */
export async function generateSample(options: SampleOptions): Promise<Truth> {
  const { folder, signal, cells = true } = options;
  const { seed, ...rows } = checkOptions(options);
  await mkdir(folder, { recursive: true });
  const outputs: Output[] = [];
  const output = async (name: string): Promise<Output> => {
    const created = await createOutput(path.join(folder, name));
    outputs.push(created);
    return created;
  };
  try {
    const lines = cells ? await output('truth.jsonl') : null;
    const written: { truth: TableTruth; dirt: DirtCount[] }[] = [];
    const write = async (table: SampleTable): Promise<void> => {
      const progress = (made: number) =>
        options.onProgress?.({ table: table.name, rows: made, of: rows[table.name] });
      const file = await output(table.file);
      written.push(await writeTable(table, rows[table.name], { file, lines, progress, signal }));
    };
    const people = customers(seed);
    await write(people);
    await write(transactions(seed, people.ids));
    await write(events(seed, people.ids));

    const truth: Truth = {
      format: 'dataharmonize/sample-truth',
      version: 1,
      seed,
      kinds: DIRT_KINDS,
      tables: written.map((one) => one.truth),
      dirt: written.flatMap((one) => one.dirt),
    };
    (await output('truth.json')).add(`${JSON.stringify(truth, null, 2)}\n`);
    (await output(SAMPLE_PROJECT_FILE)).add(`${JSON.stringify(sampleProject(), null, 2)}\n`);
    for (const one of outputs) await one.close();
    signal?.throwIfAborted();
    for (const one of outputs) await one.publish();
    return truth;
  } catch (error) {
    for (const one of outputs) await one.discard();
    throw error;
  }
}

async function writeTable(
  table: SampleTable,
  rows: number,
  {
    file,
    lines,
    progress,
    signal,
  }: {
    file: Output;
    lines: Output | null;
    progress: (rows: number) => void;
    signal: AbortSignal | undefined;
  },
): Promise<{ truth: TableTruth; dirt: DirtCount[] }> {
  const tally = createTally(table);
  let made = 0;
  let full = false;
  const emit: Emit = Object.assign(
    (row: Parameters<Emit>[0]) => {
      made += 1;
      if (file.add(csvLine(row.values))) full = true;
      for (const dirt of row.dirt) {
        const line = tally.note(made, row.id, dirt);
        if (lines?.add(line)) full = true;
      }
      return made;
    },
    {
      later: (row: number, id: string, dirt: Parameters<Emit['later']>[2]) => {
        const line = tally.note(row, id, dirt);
        lines?.add(line);
      },
    },
  );
  file.add(csvLine(table.columns));
  for (const _ of table.generate(rows, emit)) {
    if (!full) continue;
    full = false;
    signal?.throwIfAborted();
    await file.flush();
    await lines?.flush();
    progress(made);
  }
  await lines?.flush();
  progress(made);
  const { name, columns, ids } = table;
  const starter = tally.starter(made);
  return {
    truth: { name, file: table.file, rows: made, ids, columns, ...(await file.close()), starter },
    dirt: tally.dirt(),
  };
}

const LARGEST: Record<Exclude<keyof typeof SAMPLE_DEFAULTS, 'seed'>, number> = {
  customers: 50_000_000,
  transactions: 500_000_000,
  events: 500_000_000,
};

function checkOptions(options: SampleOptions): Record<keyof typeof SAMPLE_DEFAULTS, number> {
  const checked = { ...SAMPLE_DEFAULTS } as Record<keyof typeof SAMPLE_DEFAULTS, number>;
  for (const name of Object.keys(checked) as (keyof typeof SAMPLE_DEFAULTS)[]) {
    const value = options[name] ?? checked[name];
    const least = name === 'customers' ? 1 : 0;
    const largest = name === 'seed' ? Number.MAX_SAFE_INTEGER : LARGEST[name];
    if (!Number.isSafeInteger(value) || value < least || value > largest) {
      throw new Fault({
        code: 'sample.options',
        message: `“${name}” of the sample is a whole number from ${least} to ${largest}.`,
        unaffected: 'Nothing was written.',
        advice: 'Give another number.',
      });
    }
    checked[name] = value;
  }
  return checked;
}
