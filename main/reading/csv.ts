import { isFault } from '../../shared/contract/errors';
import type { CsvDialect } from '../../shared/document/dialect';
import type { CancelSignal } from '../../shared/ports/signal';
import { readCsvSql, USUAL_LONGEST } from './clean-copy';
import { checkCsv, type Verdict } from './csv-check';
import { copyCsv } from './csv-copy';
import { type CsvHeader, readHeader } from './csv-header';
import type { InputFile, Told } from './file';
import { plainCopy, plainDialect } from './plain';
import { type Make, type Reader, type ReadOutcome, readFrom, readyCopy, type Source } from './reader';

/** Runs two works side by side; when one fails or answers no, the other is cancelled. */
async function sideBySide<A, B>(
  signal: CancelSignal | undefined,
  check: (signal: CancelSignal) => Promise<A>,
  passes: (answer: A) => boolean,
  make: (signal: CancelSignal) => Promise<B>,
): Promise<[A, B] | null> {
  const controller = new AbortController();
  const stop = () => controller.abort();
  if (signal?.aborted) stop();
  signal?.addEventListener('abort', stop, { once: true });
  try {
    const checked = check(controller.signal).then((answer) => {
      if (!passes(answer)) stop();
      return answer;
    });
    const made = make(controller.signal);
    const [answer, result] = await Promise.allSettled([checked, made]);
    if (answer.status === 'rejected') throw answer.reason;
    if (!passes(answer.value)) return null;
    if (result.status === 'rejected') throw result.reason;
    return [answer.value, result.value];
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}

const isClean = ({ clean, longest }: Verdict) => clean && longest < USUAL_LONGEST;
const recordsOf = (verdict: Verdict, columns: number) =>
  verdict.records + (columns === 1 ? verdict.blankLines : 0);

const asItStands = (file: InputFile, dialect: CsvDialect, header: CsvHeader) =>
  readCsvSql(file.path, header.columns.length, { ...dialect, longest: 0 });

async function readClean(
  file: InputFile,
  dialect: CsvDialect,
  header: CsvHeader,
  make: Make,
  signal?: CancelSignal,
  told?: Told,
): Promise<ReadOutcome | null> {
  const relation = asItStands(file, dialect, header);
  try {
    const both = await sideBySide(
      signal,
      (stop) => checkCsv(file, dialect, header, stop, told),
      isClean,
      (stop) => make(relation, stop),
    );
    if (!both) return null;
    const [verdict, rows] = both;
    return rows === recordsOf(verdict, header.columns.length)
      ? { rows, records: rows, blankLines: verdict.blankLines, unreadable: null }
      : null;
  } catch (error) {
    // DuckDB refuses records with too few or too many fields; the exact reader says which.
    if (signal?.aborted || !isFault(error, 'engine.failed')) throw error;
    return null;
  }
}

/** CSV. DuckDB reads a file as it stands where every reader reads it alike; else a checked copy of it. */
export const openCsv: Reader<CsvDialect> = async (given, stated, { folder, signal: opening }) => {
  const file = await plainCopy(given, stated, folder, opening);
  const dialect = plainDialect(stated);
  const close = async () => {
    if (file !== given) await file.handle.close();
  };
  try {
    const header = await readHeader(file, dialect);
    const columns = header.columns.length;
    const copied = readFrom({
      columns: header.columns,
      ready: async (signal, told) =>
        readyCopy(await copyCsv(file, dialect, header, folder, signal, told), columns),
      close,
    });
    const source: Source = {
      ...copied,
      async ready(signal, told) {
        const verdict = await checkCsv(file, dialect, header, signal, told);
        if (!isClean(verdict)) return copied.ready(signal, told);
        const { blankLines } = verdict;
        const relation = asItStands(file, dialect, header);
        return { relation, records: recordsOf(verdict, columns), blankLines, unreadable: null };
      },
      read: async (make, signal, told) =>
        (await readClean(file, dialect, header, make, signal, told)) ?? copied.read(make, signal, told),
    };
    return source;
  } catch (error) {
    await close();
    throw error;
  }
};
