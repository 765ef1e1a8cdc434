import { type EditorState, StateEffect, StateField } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView } from '@codemirror/view';

/** Says where the text is wrong, in characters; null where it is sound. */
export const setError = StateEffect.define<number | null>();
const errorMark = Decoration.mark({ class: 'sql-error-mark' });

/** The mark of the error; it goes with the next change. */
export const errorField = StateField.define<DecorationSet>({
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

/** Marks the word, or the name in brackets, at a position; at the end of a line, the character before it. */
function markAt(state: EditorState, position: number | null): DecorationSet {
  const length = state.doc.length;
  if (position === null || length === 0) return Decoration.none;
  const at = Math.max(0, Math.min(position, length - 1));
  const word = /^(?:[\p{L}\p{N}_]+|\[(?:[^\]]|\]\])*\])/u.exec(state.sliceDoc(at, at + 100))?.[0].length ?? 1;
  return Decoration.set([errorMark.range(at, at + word)]);
}
