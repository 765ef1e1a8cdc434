import { useState } from 'react';
import { joined } from '../../shared/suggest/suggest';
import type { Suggestion } from '../../shared/suggest/suggestion';
import { withOddGlyphs } from '../grid/glyphs';
import { useRules } from '../rules/rules-context';
import { FaultNotice } from '../shell/fault-notice';
import { count, plural } from '../shell/words';
import { useWorkbenchState } from '../state/context';
import { suggestedStep } from './suggested-step';
import { type Looking, useSuggestions } from './use-suggestions';
import './suggest.css';

/** How many are shown before “Show all”. */
const FIRST = 12;

/** Steps that the sample itself suggests, best first, each with its evidence. */
export function SuggestionsPanel() {
  const column = useWorkbenchState((state) => state.column);
  const [narrow, setNarrow] = useState(false);
  const [whole, setWhole] = useState(false);
  const only = narrow ? column : null;
  const looking = useSuggestions(only);
  const shown = joined(looking.suggestions);
  return (
    <div className="suggestions" aria-busy={looking.progress !== null}>
      {column !== null && (
        <fieldset className="match-shows suggestions-scope" aria-label="Suggestions for">
          <button type="button" aria-pressed={!narrow} onClick={() => setNarrow(false)}>
            All columns
          </button>
          <button type="button" className="ellipsis" aria-pressed={narrow} onClick={() => setNarrow(true)}>
            {column}
          </button>
        </fieldset>
      )}
      <Progress looking={looking} found={shown.length} />
      {looking.error !== null && (
        <FaultNotice
          error={looking.error}
          doing="Looking for suggestions"
          button={{ label: 'Look again', run: looking.again }}
        />
      )}
      <ol className="suggestion-list" aria-label="Suggested steps">
        {shown.slice(0, whole ? shown.length : FIRST).map((one) => (
          <SuggestionItem
            key={`${one.operation} ${one.columns.join()} ${JSON.stringify(one.parameters)}`}
            suggestion={one}
          />
        ))}
      </ol>
      {shown.length > FIRST && !whole && (
        <button type="button" className="link suggestions-more" onClick={() => setWhole(true)}>
          Show all {count(shown.length)}
        </button>
      )}
    </div>
  );
}

/** How far it is; and in the end, how much was found. */
function Progress({ looking, found }: { looking: Looking; found: number }) {
  const { progress, current, error, givenUp } = looking;
  if (error !== null) return null;
  if (givenUp) {
    return (
      <p className="muted small suggestions-progress" role="status">
        Given up.{' '}
        <button type="button" className="link" onClick={looking.again}>
          Look again
        </button>
      </p>
    );
  }
  if (!current) {
    return (
      <p className="muted small suggestions-progress" role="status">
        <span>
          {progress && progress.of > 0
            ? `Looking at column ${count(Math.min(progress.looked + 1, progress.of))} of ${count(progress.of)}…`
            : 'Looking…'}
        </span>{' '}
        {progress && (
          <button type="button" className="link" onClick={looking.cancel}>
            Cancel
          </button>
        )}
      </p>
    );
  }
  return (
    <p className="muted small suggestions-progress" role="status">
      {found === 0
        ? 'Nothing to suggest: no step found anything to mend.'
        : `${plural(found, 'suggestion')}, those that mend most first.`}
    </p>
  );
}

function SuggestionItem({ suggestion }: { suggestion: Suggestion }) {
  const rules = useRules();
  const { sentence, evidence, remarks, fixed, left, examples } = suggestion;
  return (
    <li className="suggestion">
      <p className="suggestion-head">
        <span className="suggestion-sentence">{sentence}</span>
        <span className="suggestion-count number small">
          {left > 0 ? `${plural(left, 'row')} out` : plural(fixed, 'cell')}
        </span>
      </p>
      <p className="small">{evidence}</p>
      {remarks.map((one) => (
        <p key={one} className="muted small">
          {one}
        </p>
      ))}
      {examples.length > 0 && (
        <ul className="suggestion-examples" aria-label="For example">
          {examples.map(({ before, after }) => (
            <li key={`${before} ${after}`} className="ellipsis">
              <Value text={before} kind="before" />
              <span aria-hidden="true"> → </span>
              <span className="for-screen-readers">becomes</span>
              <Value text={after} kind="after" />
            </li>
          ))}
        </ul>
      )}
      <button
        type="button"
        className="button small"
        aria-label={`Add and see: ${sentence}`}
        onClick={() => rules.add(suggestedStep(suggestion))}
      >
        Add and see
      </button>
    </li>
  );
}

function Value({ text, kind }: { text: string | null; kind: 'before' | 'after' }) {
  if (text === null) return <span className="muted small">missing</span>;
  if (text === '') return <span className="muted small">empty text</span>;
  const Tag = kind === 'before' ? 'del' : 'ins';
  return <Tag className={`mono cell-${kind}`}>{withOddGlyphs(text)}</Tag>;
}
