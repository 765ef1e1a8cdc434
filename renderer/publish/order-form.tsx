import { type ReactNode, useId } from 'react';
import { FaultNotice } from '../shell/fault-notice';
import { runTask } from '../shell/tasks';
import { useAttempt } from '../shell/use-call';
import type { Forecast } from './forecast';
import { settleIntent } from './intent';
import { type Review, ReviewView } from './review-view';

type Props<Name extends string> = {
  /** What is ordered once, whatever is pressed or lost: its source, where it runs, and its plan. */
  intent: readonly [source: string, connection: string, planHash: string];
  review: Pick<Review, 'obstacles' | 'notes' | 'steps' | 'planHash' | 'libraries'>;
  forecast: Forecast | null;
  /** Steps by their index whose groups are whole in the sample. */
  wholeGroups: ReadonlySet<number>;
  /** Places that the steward may change, with their labels. */
  places: readonly (readonly [Name, string])[];
  values: Readonly<Record<Name, string>>;
  onChange: (values: Readonly<Record<Name, string>>) => void;
  before?: ReactNode;
  after?: ReactNode;
  /** Further buttons, where nothing is in the way. */
  more?: ReactNode;
  words: { readonly doing: string; readonly order: string; readonly busy: string; readonly again: string };
  submit: () => Promise<unknown>;
  onSubmitted: () => void;
};

/** What would run, to be read, and the order to run it. */
export function OrderForm<Name extends string>(props: Props<Name>) {
  const { intent, review, places, values, onChange, words, submit, onSubmitted } = props;
  const attempt = useAttempt();
  const id = useId();
  const blocked = review.obstacles.length > 0;
  const order = () =>
    attempt.run(async () => {
      await runTask(words.doing, submit, { cancellable: false });
      settleIntent(...intent);
      onSubmitted();
    });
  return (
    <>
      <ReviewView review={review} forecast={props.forecast} wholeGroups={props.wholeGroups} />
      <div className="run-form">
        {props.before}
        {places.map(([name, label]) => (
          <div className="field" key={name}>
            <label htmlFor={id + name}>{label}</label>
            <input
              id={id + name}
              className="input mono"
              value={values[name]}
              spellCheck={false}
              onChange={(event) => onChange({ ...values, [name]: event.target.value })}
            />
          </div>
        ))}
        {props.after}
        {attempt.error !== null && (
          <FaultNotice
            error={attempt.error}
            doing={words.doing}
            button={{ label: words.again, run: () => void order() }}
          />
        )}
        <div className="run-buttons">
          <button
            type="button"
            className="button primary"
            aria-disabled={blocked || attempt.busy}
            onClick={() => {
              if (!blocked) void order();
            }}
          >
            {attempt.busy ? words.busy : words.order}
          </button>
          {blocked ? <span className="muted small">Not before the obstacles are gone.</span> : props.more}
        </div>
      </div>
    </>
  );
}
