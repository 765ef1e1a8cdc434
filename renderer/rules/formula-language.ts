import {
  type Completion,
  type CompletionContext,
  type CompletionResult,
  insertCompletionText,
  pickedCompletion,
  snippetCompletion,
} from '@codemirror/autocomplete';
import { StreamLanguage } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { type EditorView, hoverTooltip } from '@codemirror/view';
import { FORMULA_FUNCTIONS, findFunction, signatureOf } from '../../shared/formula/functions';
import type { FormulaFunction } from '../../shared/formula/functions/function';
import { RESERVED } from '../../shared/formula/parse';

const PLAIN_NAME = /^[\p{L}_][\p{L}\p{M}\p{N}_]*$/u;
const WORD = /[\p{L}_][\p{L}\p{M}\p{N}_]*/u;

/** A column as a formula names it: in brackets where it must be. */
export const columnInFormula = (name: string): string =>
  PLAIN_NAME.test(name) && !RESERVED.has(name.toLowerCase()) && !findFunction(name)
    ? name
    : `[${name.replaceAll(']', ']]')}]`;

const language = StreamLanguage.define<null>({
  token(stream) {
    if (stream.eatSpace()) return null;
    if (stream.match(/^'(?:[^']|'')*'?/) || stream.match(/^"(?:[^"]|"")*"?/)) return 'string';
    if (stream.match(/^#[0-9-]*#?/) || stream.match(/^[0-9]+(\.[0-9]+)?/)) return 'number';
    if (stream.match(/^\[(?:[^\]]|\]\])*\]?/)) return 'propertyName';
    const word = stream.match(/^[\p{L}_][\p{L}\p{M}\p{N}_]*/u);
    if (Array.isArray(word)) {
      if (RESERVED.has(word[0].toLowerCase())) return 'keyword';
      return stream.match(/^\s*\(/, false) ? 'variableName.function' : 'propertyName';
    }
    stream.next();
    return 'operator';
  },
});

/** What a function means, for completion and hovering. */
function explained(one: FormulaFunction): HTMLElement {
  const element = document.createElement('div');
  element.className = 'formula-help';
  const [signature, words, example] = ['code', 'p', 'code'].map((name) => document.createElement(name));
  if (!signature || !words || !example) return element;
  signature.textContent = `${signatureOf(one)} → ${one.returns === 'same' ? 'the same type' : one.returns}`;
  words.textContent = one.documentation;
  example.textContent = one.example;
  element.append(signature, words, example);
  return element;
}

const functions: readonly Completion[] = FORMULA_FUNCTIONS.map((one) =>
  snippetCompletion(`${one.name}(\${})`, {
    label: one.name,
    detail: one.group,
    type: 'function',
    info: () => explained(one),
  }),
);

/** Puts a column in brackets in place of what was typed, and of the bracket that was closed while typing. */
const overClosing =
  (text: string) =>
  (view: EditorView, completion: Completion, from: number, to: number): void => {
    const end = view.state.sliceDoc(to, to + 1) === ']' ? to + 1 : to;
    view.dispatch({
      ...insertCompletionText(view.state, text, from, end),
      annotations: pickedCompletion.of(completion),
    });
  };

function complete(columns: readonly string[]) {
  const offered: readonly Completion[] = [
    ...columns.map((label) => ({
      label,
      apply: columnInFormula(label),
      type: 'property',
      detail: 'column',
      boost: 1,
    })),
    ...functions,
    ...[...RESERVED].map((label) => ({ label, type: 'keyword' })),
  ];
  return (context: CompletionContext): CompletionResult | null => {
    const bracket = context.matchBefore(/\[[^\]]*/u);
    if (bracket) {
      const options = columns.map((name) => {
        const label = `[${name.replaceAll(']', ']]')}]`;
        return { label, type: 'property', apply: overClosing(label) };
      });
      return { from: bracket.from, options };
    }
    const word = context.matchBefore(/[\p{L}_][\p{L}\p{M}\p{N}_]*/u);
    if (!word && !context.explicit) return null;
    return { from: word?.from ?? context.pos, options: offered, validFor: /^[\p{L}\p{M}\p{N}_]*$/u };
  };
}

const hovering = hoverTooltip((view, position) => {
  const line = view.state.doc.lineAt(position);
  for (const found of line.text.matchAll(new RegExp(WORD, 'gu'))) {
    const from = line.from + found.index;
    const end = from + found[0].length;
    if (position < from || position > end) continue;
    const one = findFunction(found[0]);
    const isCalled = /^\s*\(/.test(view.state.sliceDoc(end, end + 20));
    return one && isCalled ? { pos: from, end, create: () => ({ dom: explained(one) }) } : null;
  }
  return null;
});

/** The language of formulas: colours, completion of these columns and of the functions, help on hovering. */
export const formulaLanguage = (columns: readonly string[]): Extension => [
  language,
  language.data.of({ autocomplete: complete(columns) }),
  hovering,
];
