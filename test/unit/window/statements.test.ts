import { expect, test } from 'vitest';
import { isQuery, mentions, splitStatements } from '../../../renderer/analysis/statements';

const texts = (sql: string) => splitStatements(sql).map((one) => one.sql);

test('statements end at semicolons that stand in no text, name or comment', () => {
  expect(texts('SELECT \'a;b\'; SELECT "c;d"')).toEqual(["SELECT 'a;b'", 'SELECT "c;d"']);
  expect(texts('SELECT 1 -- no; end\n; SELECT 2')).toEqual(['SELECT 1 -- no; end', 'SELECT 2']);
  expect(texts('SELECT /* ; */ 1; SELECT $$;$$; SELECT $x$;$$;$x$')).toEqual([
    'SELECT /* ; */ 1',
    'SELECT $$;$$',
    'SELECT $x$;$$;$x$',
  ]);
  expect(texts("SELECT 'it''s; so'")).toEqual(["SELECT 'it''s; so'"]);
});

test('empty statements and lone comments are left out, places are kept', () => {
  expect(texts(' ;; -- only a comment\n;/* and; this */')).toEqual([]);
  expect(splitStatements('SELECT 1;\n  SELECT 2')[1]).toEqual({ sql: 'SELECT 2', from: 12 });
});

test('what is left open ends with the text', () => {
  expect(texts("SELECT 'open; end")).toEqual(["SELECT 'open; end"]);
  expect(texts('SELECT 1 /* open; end')).toEqual(['SELECT 1 /* open; end']);
});

test('queries are told from other statements', () => {
  for (const sql of ['select 1', ' WITH a AS (SELECT 1) FROM a', '-- first\nFROM t', '((SELECT 1))']) {
    expect(isQuery(sql), sql).toBe(true);
  }
  for (const sql of ['CREATE TABLE t AS SELECT 1', 'selection', 'DROP TABLE t']) {
    expect(isQuery(sql), sql).toBe(false);
  }
});

test('a table is mentioned as a whole word or in quotes', () => {
  expect(mentions('SELECT * FROM Customers', 'customers')).toBe(true);
  expect(mentions('SELECT * FROM customers_raw', 'customers')).toBe(false);
  expect(mentions('SELECT * FROM "kunden_1"', 'kunden_1')).toBe(true);
  expect(mentions('SELECT * FROM zürich', 'rich')).toBe(false);
});
