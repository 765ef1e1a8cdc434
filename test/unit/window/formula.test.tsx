import { type Completion, CompletionContext, type CompletionSource } from '@codemirror/autocomplete';
import { EditorState, type TransactionSpec } from '@codemirror/state';
import type { EditorView } from '@codemirror/view';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { FormulaField } from '../../../renderer/rules/formula-field';
import { columnInFormula, formulaLanguage } from '../../../renderer/rules/formula-language';
import { FORMULA_FUNCTIONS } from '../../../shared/formula/functions';
import { parseFormula } from '../../../shared/formula/parse';
import { columnsIn } from '../../../shared/formula/syntax';

const COLUMNS = ['amount', 'full name', 'and', 'größe', 'a]b', 'Trim', '2nd', "o'Brien"];

test.each(COLUMNS)('the column %s is written so that it is read back', (name) => {
  expect(columnsIn(parseFormula(columnInFormula(name)))).toEqual([name]);
});

/** What is offered at the end of a text. */
async function offered(
  text: string,
  explicit = false,
): Promise<{ from: number; options: readonly Completion[] }> {
  const state = EditorState.create({ doc: text, extensions: formulaLanguage(COLUMNS) });
  const [source] = state.languageDataAt<CompletionSource>('autocomplete', text.length);
  const found = await source?.(new CompletionContext(state, text.length, explicit));
  return found ? { from: found.from, options: found.options } : { from: -1, options: [] };
}

test('columns, functions and words of the language are offered', async () => {
  const { from, options } = await offered('1 + am');
  expect(from).toBe(4);
  const labels = options.map(({ label }) => label);
  expect(labels).toEqual(expect.arrayContaining([...COLUMNS, 'and', 'null']));
  expect(labels).toEqual(expect.arrayContaining(FORMULA_FUNCTIONS.map(({ name }) => name)));
  expect((await offered('1 + ')).options).toEqual([]);
  expect((await offered('1 + ', true)).options.length).toBeGreaterThan(COLUMNS.length);
});

test('after a bracket only columns are offered, with their brackets', async () => {
  const { from, options } = await offered('trim([fu');
  expect(from).toBe(5);
  expect(options.map(({ label }) => label)).toEqual(expect.arrayContaining(['[full name]', '[a]]b]']));
});

test.each([
  ['trim([fu', ''],
  ['trim([fu', '])'],
])('a column taken from the list closes its bracket once: %s|%s', async (before, after) => {
  let state = EditorState.create({ doc: before + after });
  const view = {
    get state() {
      return state;
    },
    dispatch: (spec: TransactionSpec) => {
      state = state.update(spec).state;
    },
  } as EditorView;
  const { from, options } = await offered(before);
  const chosen = options.find(({ label }) => label === '[full name]');
  if (typeof chosen?.apply !== 'function') throw new Error('It is not offered.');
  chosen.apply(view, chosen, from, before.length);
  expect(state.doc.toString()).toBe(`trim([full name]${after === '' ? '' : ')'}`);
});

test('the field says what is wrong, and offers a way to what fits', () => {
  const drawn = renderToStaticMarkup(
    <FormulaField
      label="Formula"
      help={undefined}
      columns={COLUMNS}
      value="1 +"
      faults={[{ message: 'At character 4: A value is missing at the end.', position: 3 }]}
      onChange={() => {}}
    />,
  );
  expect(drawn).toContain('A value is missing');
  expect(drawn).toContain('Show columns and functions');
});
