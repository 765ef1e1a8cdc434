// Avro files straight through the job's modules: no Spark is started.
import { expect, test } from 'vitest';
import { avroStream } from '../../main/reading/avro-blocks';
import { unpackBlock } from '../../main/reading/avro-codecs';
import {
  type AvroRecord,
  avroFileRows,
  blockRecords,
  isAvroCodec,
  lost,
} from '../../shared/reading/avro-file';
import { awkwardAvro } from '../doubles/avro';
import { damaged } from './damaged';
import { askPython } from './python-module';

const SCRIPT = `
import base64, json, sys
from dataharmonize.avro_files import CODECS, FileRows, file_records, read_header
from dataharmonize.unreadable_message import Unreadable

def told(content):
    try:
        header = read_header(content)
        if header.codec not in CODECS:
            return "refused"
        columns = FileRows(header.schema).rows.columns
        return [columns, [[block, base64.b64encode(record).decode(), fault, cells] for block, record, fault, cells in file_records(content)]]
    except Unreadable:
        return "refused"

json.dump([told(base64.b64decode(one)) for one in json.load(sys.stdin)], sys.stdout)
`;

type Told = 'refused' | [readonly string[], [number, string, string | null, (string | null)[] | null][]];

async function here(bytes: Buffer): Promise<Told> {
  async function* once() {
    yield bytes;
  }
  const { header, parts } = await avroStream(once());
  if (!header || !isAvroCodec(header.codec)) return 'refused';
  let rows: ReturnType<typeof avroFileRows>;
  try {
    rows = avroFileRows(header.schema);
  } catch {
    return 'refused';
  }
  const found: Exclude<Told, 'refused'>[1] = [];
  const add = (offset: number, records: Iterable<AvroRecord>) => {
    for (const one of records)
      found.push(
        one.cells
          ? [offset, '', null, one.cells]
          : [offset, Buffer.from(one.bytes).toString('base64'), one.fault, null],
      );
  };
  for await (const part of parts) {
    if (part.fault !== null) {
      add(part.offset, [{ cells: null, fault: part.fault, bytes: part.bytes }]);
      continue;
    }
    const content = await unpackBlock(header.codec, part.data);
    add(
      part.offset,
      content ? blockRecords(content, part.count, rows) : lost('packed', part.count, part.data),
    );
  }
  return [rows.rows.columns, found];
}

test('awkward and damaged files are read alike, record by record', async () => {
  const awkward = Object.values(await awkwardAvro()).filter(({ length }) => length < 5000);
  const files = [
    ...awkward,
    ...awkward.flatMap((one, i) => Array.from({ length: 200 }, (_, n) => damaged(one, i * 200 + n))),
  ];
  const there = askPython<Told[]>(
    SCRIPT,
    files.map((one) => one.toString('base64')),
  );
  const counts = new Map<string, number>();
  for (const [i, file] of files.entries()) {
    const found = await here(file);
    expect(there[i], `file ${i}: ${file.toString('base64').slice(0, 4000)}`).toEqual(found);
    for (const [, , fault] of found === 'refused' ? [] : found[1])
      counts.set(fault ?? 'row', (counts.get(fault ?? 'row') ?? 0) + 1);
  }
  for (const fault of ['row', 'utf8', 'cut', 'value', 'time', 'after', 'packed', 'rest', 'damaged', 'ended'])
    expect(counts.get(fault) ?? 0, fault).toBeGreaterThan(2);
});
