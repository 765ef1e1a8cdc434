import {
  acceptCompletion,
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  closeCompletion,
  completionKeymap,
  startCompletion,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, insertNewline } from '@codemirror/commands';
import { bracketMatching } from '@codemirror/language';
import { Compartment, Prec } from '@codemirror/state';
import { EditorView, keymap, placeholder } from '@codemirror/view';
import { useEffect, useId, useRef } from 'react';
import { editorTheme, highlighting } from '../editor/appearance';
import { errorField, setError } from '../editor/error-mark';
import { styleNonce } from '../rpc/style-nonce';
import './formula.css';
import { FieldFaults } from './field-faults';
import { formulaLanguage } from './formula-language';
import type { FieldFault } from './parameters';

type Props = {
  label: string;
  help: string | undefined;
  columns: readonly string[];
  value: string;
  faults: readonly FieldFault[];
  onChange: (value: string | undefined) => void;
};

/** What Enter and Escape do to a completion stays in the editor; otherwise they are the form’s. */
const keys = Prec.highest(
  keymap.of([
    { key: 'Enter', run: acceptCompletion, stopPropagation: true },
    { key: 'Escape', run: closeCompletion, stopPropagation: true },
    { key: 'Shift-Enter', run: insertNewline, stopPropagation: true },
  ]),
);
/** Mod-Enter adds a step, here as everywhere. */
const others = defaultKeymap.filter(({ key }) => !['Enter', 'Mod-Enter', 'Escape'].includes(key ?? ''));

/** An editor for a formula: completion, help on hovering, and the place of what is wrong. Tab leaves it. */
export function FormulaField({ label, help, columns, value, faults, onChange }: Props) {
  const id = useId();
  const parent = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const language = useRef(new Compartment());
  const latest = useRef(onChange);
  latest.current = onChange;

  // biome-ignore lint/correctness/useExhaustiveDependencies: the editor is made once and then told of changes
  useEffect(() => {
    if (!parent.current) return;
    const made = new EditorView({
      parent: parent.current,
      doc: value,
      extensions: [
        EditorView.cspNonce.of(styleNonce()),
        keys,
        history(),
        bracketMatching(),
        closeBrackets(),
        autocompletion({ icons: false }),
        keymap.of([...closeBracketsKeymap, ...completionKeymap, ...historyKeymap, ...others]),
        placeholder('round(number([amount]) * 1.19, 2)'),
        highlighting,
        language.current.of(formulaLanguage(columns)),
        errorField,
        editorTheme,
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ 'aria-label': label, 'aria-describedby': `${id}-help` }),
        EditorView.updateListener.of((update) => {
          if (!update.docChanged) return;
          const text = update.state.doc.toString();
          latest.current(text === '' ? undefined : text);
        }),
      ],
    });
    view.current = made;
    return () => made.destroy();
  }, []);

  const names = JSON.stringify(columns);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the names stand for the columns
  useEffect(() => {
    view.current?.dispatch({ effects: language.current.reconfigure(formulaLanguage(columns)) });
  }, [names]);

  useEffect(() => {
    const made = view.current;
    if (!made || made.state.doc.toString() === value) return;
    made.dispatch({ changes: { from: 0, to: made.state.doc.length, insert: value } });
  }, [value]);

  const errorAt = value === '' ? null : (faults.find(({ position }) => position !== null)?.position ?? null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a change of the text takes the mark away
  useEffect(() => {
    view.current?.dispatch({ effects: setError.of(errorAt) });
  }, [errorAt, value]);

  return (
    <div className="field form-wide">
      <span className="label">{label}</span>
      <div className="input formula-editor" ref={parent} />
      <button
        type="button"
        className="link small"
        onClick={() => {
          if (!view.current) return;
          view.current.focus();
          startCompletion(view.current);
        }}
      >
        Show columns and functions
      </button>
      <span id={`${id}-help`}>
        {help && <span className="help">{help}</span>}
        <FieldFaults faults={faults} pattern="" />
      </span>
    </div>
  );
}
