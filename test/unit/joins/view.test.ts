import { expect, test } from 'vitest';
import { joinedColumns, joinedSql } from '../../../shared/joins/view';
import { openHost } from '../../conformance/engines';

const from = { table: 'sales', columns: ['id', 'customer', 'Name'], keys: ['customer'] };
const to = { table: 'customers', columns: ['id', 'name', 'segment'], keys: ['id'] };

test('columns of the other side take its name where theirs is taken', () => {
  expect(joinedColumns(from, to).map(([, , name]) => name)).toEqual([
    'id',
    'customer',
    'Name',
    'customers_name',
    'segment',
  ]);
});

test('every row of the first side stays; null and empty keys match nothing', async () => {
  const engine = await openHost();
  try {
    await engine.load('sales', from.columns, [
      ['1', '2', '3', '4'],
      ['C1', '', null, 'C9'],
      ['a', 'b', 'c', 'd'],
    ]);
    await engine.load('customers', to.columns, [
      ['C1', '', null],
      ['Ann', 'Bob', 'Cem'],
      ['new', 'old', 'old'],
    ]);
    const { columns } = await engine.query(`SELECT * FROM (${joinedSql(from, to)}) ORDER BY id`);
    expect(columns).toEqual([
      ['1', '2', '3', '4'],
      ['C1', '', null, 'C9'],
      ['a', 'b', 'c', 'd'],
      ['Ann', null, null, null],
      ['new', null, null, null],
    ]);
  } finally {
    await engine.close();
  }
});
