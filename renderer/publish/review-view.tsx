import type { DrawnHow } from '../../shared/contract/calls/source';
import type { AppContract } from '../../shared/contract/contract';
import type { Output } from '../../shared/contract/define';
import { Icon } from '../shell/icons';
import { count, percent } from '../shell/words';
import { CopyButton } from './copy-button';
import { expectedShare, type Forecast } from './forecast';

export type Review = Output<AppContract, 'publish.review'>;

const BASIS: Readonly<Record<DrawnHow, string>> = {
  'first-rows': 'first rows, which may differ from the rest',
  'random-rows': 'random rows',
  'random-blocks': 'rows of random blocks',
  'random-row-groups': 'rows of random row groups',
  'whole-groups': 'rows of whole groups',
  filtered: 'rows that meet conditions',
  'last-messages': 'the last messages, which may differ from older ones',
  'messages-of-time': 'messages of a time',
  'messages-by-offset': 'messages between offsets',
  followed: 'the newest messages, as they come',
};

const scopes: Readonly<Record<Review['steps'][number]['scope'], string>> = {
  cell: 'each cell by itself',
  row: 'each row by itself',
  group: 'rows with the same keys',
  table: 'the whole table',
};

type Props = {
  review: Pick<Review, 'obstacles' | 'notes' | 'steps' | 'planHash' | 'libraries'>;
  forecast: Forecast | null;
  /** Steps by their index whose groups are whole in the sample. */
  wholeGroups: ReadonlySet<number>;
};

const dependence = (scope: 'cell' | 'row' | 'group' | 'table', whole: boolean) => {
  if (scope === 'cell' || scope === 'row') return '';
  return whole ? '; exact, as the sample holds whole groups' : '; depends on rows outside the sample';
};

/** What would run, in words: obstacles, steps, plan, libraries and forecast. */
export function ReviewView({ review, forecast, wholeGroups }: Props) {
  const { obstacles, notes, steps, planHash, libraries } = review;
  return (
    <>
      {obstacles.length > 0 && (
        <div className="obstacles" role="note">
          <h3>What stands in the way</h3>
          <ul>
            {obstacles.map((one) => (
              <li key={one}>
                <Icon name="fault" /> {one}
              </li>
            ))}
          </ul>
        </div>
      )}
      <section className="review" aria-label="What would run">
        {notes.length > 0 && (
          <ul className="review-notes muted">
            {notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        )}
        <ol className="review-steps">
          {steps.map(({ sentence, scope }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two steps may read the same
            <li key={index}>
              <span className="number muted">{index + 1}</span>
              <span>{sentence}</span>
              <span
                className="tag"
                title={`Looks at ${scopes[scope]}${dependence(scope, wholeGroups.has(index))}`}
                data-scope={scope}
              >
                {scope}
              </span>
            </li>
          ))}
          {steps.length === 0 && (
            <li className="muted">No step is switched on: rows are copied as they are.</li>
          )}
        </ol>
        <dl className="review-facts">
          <div>
            <dt>Plan</dt>
            <dd className="mono">
              {planHash.slice(0, 24)}… <CopyButton text={planHash} label="Copy" />
            </dd>
          </div>
          {Object.entries(libraries).map(([name, version]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd className="mono">{version}</dd>
            </div>
          ))}
          {forecast && (
            <div>
              <dt>Forecast</dt>
              <dd>
                <ForecastWords forecast={forecast} />
              </dd>
            </div>
          )}
        </dl>
      </section>
    </>
  );
}

function ForecastWords({ forecast }: { forecast: Forecast }) {
  const { shares, sampleRows, complete, open, how = 'first-rows' } = forecast;
  if (how === 'filtered' && !complete)
    return (
      <span className="muted">none: the sample holds chosen rows, which tell nothing of the others</span>
    );
  return (
    <>
      {(['kept', 'filtered', 'rejected', 'merged'] as const).map((fate) => {
        const [low, high] = expectedShare(forecast, fate);
        return (
          <span key={fate} className="review-forecast">
            {fate} {complete ? percent(shares[fate]) : `${percent(low)} to ${percent(high)}`}
          </span>
        );
      })}
      <span className="muted small">
        from {count(sampleRows)} {complete ? 'rows' : BASIS[how]}
        {open > 0 && !complete && '; merged rows depend on rows outside the sample'}
      </span>
    </>
  );
}
