import { expect, test } from 'vitest';
import { COMPRESSIONS, type Dialect, dialectSchema, usualDialect } from '../../../shared/document/dialect';
import {
  COMPRESSED_ENDINGS,
  endingsOf,
  FORMAT_NAMES,
  formatByName,
  isClusterOnly,
  notesOnCluster,
} from '../../../shared/document/formats';

test('a name tells format and compression', () => {
  expect(formatByName('/a.b/part-0.JSONL.snappy')).toBe('jsonl');
  expect(
    ['x.csv.gz', 'x.csv.zst', 'x.csv.sz', 'x.csv', 'gz'].map((name) => endingsOf(name).compression),
  ).toEqual(['gzip', 'zstd', 'snappy-framed', null, null]);
  expect(new Set(Object.values(COMPRESSED_ENDINGS)).size).toBe(COMPRESSIONS.length - 1);
});

test('what is to know of how the cluster reads a source', () => {
  const notes = (dialect: Dialect) => notesOnCluster(dialect).join(' ');
  const csv = (compression: string) => dialectSchema.parse({ format: 'csv', compression });
  expect(notes(csv('none'))).toBe('');
  expect(notes(csv('zstd'))).toMatch(/zstd is read by one task.* 8 MB .* refused/);
  expect(notes(csv('snappy-framed'))).toMatch(/plain Python/);
  for (const format of ['json', 'avro'] as const)
    expect(notes(usualDialect(format))).toMatch(/file is read by one task, and may have 2 GB at most/);
  expect(FORMAT_NAMES.filter((format) => isClusterOnly(usualDialect(format)))).toEqual(['orc']);
});
