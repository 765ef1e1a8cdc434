import { compilePlan } from '../compile/compile';
import { render } from '../compile/render';
import { compileSpark, type SparkPlan } from '../compile/spark';
import type { SparkSurvey } from '../compile/spark-survey';
import { compileStream, type StreamPlan } from '../compile/stream';
import type { Dialect } from '../document/dialect';
import { emptyRuleSet } from '../document/rule-set';
import type { FileSampling } from '../document/sampling';
import { column, type Expression, text } from '../expression/expression';
import { call } from '../expression/primitives';
import type { MessagesDialect } from '../messages/dialect';
import type { Stretch } from '../ports/topics';
import { conditionOf } from './conditions';
import { MOST_COLUMNS, MOST_EXAMPLES, MOST_SHAPES } from './cover';
import { groupPlaceOf, inShare } from './groups';

const BETWEEN = '\u001f';
const sql = (expression: Expression) => render(expression, 'spark');

const joined = (parts: readonly Expression[]): Expression => {
  const [first = text(''), ...rest] = parts;
  return call('join', [first, ...rest.flatMap((part) => [text(BETWEEN), part])]);
};

/** All of a row's cells, as a digest; and the rank of a row's `copy` among all rows, by that `content`. */
const content = (seed: number, columns: number): string =>
  sql(
    call('sha256', [
      joined([
        text(String(seed)),
        ...Array.from({ length: columns }, (_, at) =>
          // Missing is not the same as empty.
          call('choose', [
            call('isNull', [column(`c${at}`)]),
            text(''),
            joined([text('='), call('firstPresent', [column(`c${at}`), text('')])]),
          ]),
        ),
      ]),
    ]),
  );
const RANK = sql(
  call('sha256', [
    joined([column('content'), call('integerText', [column('copy', 'integer')], { digits: 1 })]),
  ]),
);

function drawn(columns: readonly string[], sampling: FileSampling): SparkSurvey {
  const { rows } = sampling;
  const seed = 'seed' in sampling ? sampling.seed : 0;
  const ranked = { content: content(seed, columns.length), rank: RANK, rows, place: null } as const;
  switch (sampling.method) {
    case 'groups': {
      const keys = sampling.keys.map((key) => columns.indexOf(key));
      const place = groupPlaceOf(seed, keys, columns.length);
      return { kind: 'draw', ...ranked, where: sql(inShare(place, sampling.share)), place: sql(place) };
    }
    case 'filter':
      return { kind: 'draw', ...ranked, where: sql(conditionOf(columns, sampling.where)) };
    case 'first':
    case 'random':
      return { kind: 'draw', ...ranked, where: null };
  }
}

const shapes = () => ({
  shape: sql(call('valueShape', [column('value')])),
  mostShapes: MOST_SHAPES,
  mostExamples: MOST_EXAMPLES,
});

/** The plan of a job that lists the shapes of all values, or draws a sample; it cleans nothing. */
export function surveyPlan(
  columns: readonly string[],
  dialect: Dialect,
  asked: FileSampling | 'shapes',
): SparkPlan {
  const plan = compileSpark(compilePlan(emptyRuleSet('survey'), columns), dialect);
  const survey: SparkSurvey = asked === 'shapes' ? { kind: 'shapes', ...shapes() } : drawn(columns, asked);
  return { ...plan, survey };
}

/** The plan of a job that lists the shapes of messages in stretches of a topic; columns are those that it finds. */
export function topicSurveyPlan(
  dialect: MessagesDialect,
  isolation: 'committed' | 'uncommitted',
  stretches: readonly Required<Stretch>[],
): StreamPlan {
  const rules = emptyRuleSet('survey');
  return {
    ...compileStream(compilePlan(rules, []), rules, dialect),
    survey: {
      ...{ kind: 'messages', ...shapes(), mostColumns: MOST_COLUMNS, isolation },
      stretches: stretches.map(({ partition, start, end }) => [partition, Number(start), Number(end)]),
    },
  };
}
