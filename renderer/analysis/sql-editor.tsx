import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { bracketMatching } from '@codemirror/language';
import { Compartment, Prec } from '@codemirror/state';
import { EditorView, keymap, lineNumbers, placeholder } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import { editorTheme, highlighting } from '../editor/appearance';
import { errorField, setError } from '../editor/error-mark';
import { styleNonce } from '../rpc/style-nonce';
import type { WorkspaceJoin } from './joined';
import { sqlLanguage } from './sql-language';
import type { WorkspaceSource } from './workspace';

type Props = {
  value: string;
  onChange: (value: string) => void;
  /** Runs the text, or the part of it that is selected, which begins at `from`. */
  onRun: (text: string, from: number) => void;
  sources: readonly WorkspaceSource[];
  joins: readonly WorkspaceJoin[];
  /** Position of an error in the text, in characters. */
  errorAt: number | null;
};

/** An editor for SQL. Tab leaves it, so that it is no trap for the keyboard. */
export function SqlEditor({ value, onChange, onRun, sources, joins, errorAt }: Props) {
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
        highlighting,
        language.current.of(sqlLanguage(sources, joins)),
        errorField,
        editorTheme,
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

  const schema = JSON.stringify([
    sources.map((one) => [one.tables.clean, one.columns, one.rawColumns, one.merged > 0]),
    joins.map(({ name, columns }) => [name, columns]),
  ]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the schema stands for the sources
  useEffect(() => {
    view.current?.dispatch({ effects: language.current.reconfigure(sqlLanguage(sources, joins)) });
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
