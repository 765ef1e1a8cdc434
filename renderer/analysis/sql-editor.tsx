import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { bracketMatching, HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { Compartment, type EditorState, Prec, StateEffect, StateField } from '@codemirror/state';
import {
  Decoration,
  type DecorationSet,
  EditorView,
  keymap,
  lineNumbers,
  placeholder,
} from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { useEffect, useRef } from 'react';
import { styleNonce } from '../rpc/style-nonce';
import { sqlLanguage } from './sql-language';
import type { WorkspaceSource } from './workspace';

type Props = {
  value: string;
  onChange: (value: string) => void;
  /** Runs the text, or the part of it that is selected, which begins at `from`. */
  onRun: (text: string, from: number) => void;
  sources: readonly WorkspaceSource[];
  /** Position of an error in the text, in characters. */
  errorAt: number | null;
};

const setError = StateEffect.define<number | null>();
const errorMark = Decoration.mark({ class: 'sql-error-mark' });
const errorField = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, transaction) {
    let next = transaction.docChanged ? Decoration.none : marks;
    for (const effect of transaction.effects) {
      if (effect.is(setError)) next = markAt(transaction.state, effect.value);
    }
    return next;
  },
  provide: (field) => EditorView.decorations.from(field),
});

/** Marks the word at a position; at the end of a line, the character before it. */
function markAt(state: EditorState, position: number | null): DecorationSet {
  const length = state.doc.length;
  if (position === null || length === 0) return Decoration.none;
  const at = Math.max(0, Math.min(position, length - 1));
  const word = /^[\p{L}\p{N}_]+/u.exec(state.sliceDoc(at, at + 100))?.[0].length ?? 1;
  return Decoration.set([errorMark.range(at, at + word)]);
}

const highlighting = HighlightStyle.define([
  { tag: tags.keyword, color: 'var(--accent)', fontWeight: '600' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--before)' },
  { tag: tags.number, color: 'var(--after)' },
  { tag: tags.comment, color: 'var(--text-muted)', fontStyle: 'italic' },
  { tag: [tags.function(tags.variableName), tags.standard(tags.name)], color: 'var(--merged)' },
]);

const theme = EditorView.theme({
  '&': { height: '100%', backgroundColor: 'var(--surface)', color: 'var(--text)', fontSize: '13px' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '20px' },
  '.cm-gutters': { backgroundColor: 'var(--surface)', color: 'var(--text-muted)', border: 'none' },
  '.cm-cursor': { borderLeftColor: 'var(--text)' },
  '&.cm-focused .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'var(--selected) !important',
  },
  '.cm-placeholder': { color: 'var(--text-muted)' },
  '.cm-tooltip': { backgroundColor: 'var(--raised)', border: '1px solid var(--line)', borderRadius: '4px' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': {
    backgroundColor: 'var(--selected)',
    color: 'var(--text)',
  },
  '.cm-matchingBracket': { backgroundColor: 'var(--hover)' },
  '.sql-error-mark': {
    textDecoration: 'underline wavy var(--fault)',
    textUnderlineOffset: '3px',
    backgroundColor: 'var(--fault-ground)',
  },
});

/** An editor for SQL. Tab leaves it, so that it is no trap for the keyboard. */
export function SqlEditor({ value, onChange, onRun, sources, errorAt }: Props) {
  const parent = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const language = useRef(new Compartment());
  const latest = useRef({ onChange, onRun });
  latest.current = { onChange, onRun };

  // biome-ignore lint/correctness/useExhaustiveDependencies: the editor is made once and then told of changes
  useEffect(() => {
    if (!parent.current) return;
    const run = (target: EditorView) => {
      const { from, to, empty } = target.state.selection.main;
      const text = empty ? target.state.doc.toString() : target.state.sliceDoc(from, to);
      latest.current.onRun(text, empty ? 0 : from);
      return true;
    };
    const made = new EditorView({
      parent: parent.current,
      doc: value,
      extensions: [
        EditorView.cspNonce.of(styleNonce()),
        Prec.highest(keymap.of([{ key: 'Mod-Enter', run }])),
        lineNumbers(),
        history(),
        bracketMatching(),
        closeBrackets(),
        autocompletion({ icons: false }),
        keymap.of([...closeBracketsKeymap, ...completionKeymap, ...historyKeymap, ...defaultKeymap]),
        placeholder('SELECT … FROM customers'),
        syntaxHighlighting(highlighting),
        language.current.of(sqlLanguage(sources)),
        errorField,
        theme,
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ 'aria-label': 'SQL' }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) latest.current.onChange(update.state.doc.toString());
        }),
      ],
    });
    view.current = made;
    return () => made.destroy();
  }, []);

  const schema = JSON.stringify(
    sources.map((one) => [one.tables.clean, one.columns, one.rawColumns, one.merged > 0]),
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: the schema stands for the sources
  useEffect(() => {
    view.current?.dispatch({ effects: language.current.reconfigure(sqlLanguage(sources)) });
  }, [schema]);

  useEffect(() => {
    view.current?.dispatch({ effects: setError.of(errorAt) });
  }, [errorAt]);

  useEffect(() => {
    const made = view.current;
    if (!made || made.state.doc.toString() === value) return;
    made.dispatch({ changes: { from: 0, to: made.state.doc.length, insert: value } });
  }, [value]);

  return <div className="sql-editor" ref={parent} />;
}
