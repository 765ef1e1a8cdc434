import fc from 'fast-check';
import { texts } from '../conformance/corpus';
import type { StepGiven } from '../conformance/rule-sets';

export const HEADER = ['a', 'b', 'c'] as const;

const column = fc.constantFrom(...HEADER);
const columns = (most: number = HEADER.length) => fc.uniqueArray(column, { minLength: 1, maxLength: most });
const short = texts.filter((one) => one.length < 60);
const found = fc.constantFrom(...short);
const foundText = fc.constantFrom(...short.filter((one) => one !== ''));
const anyCase = fc.boolean();
const pattern = fc.constantFrom(
  ...['\\s+', '[a-z]+', '[^\\w]+', '\\d{2,}', '^\\S+$', 'a|b|é', '[а-яё]', '(a+)(b*)c?', '[ß-ÿ]', '^.{0,5}$'],
);
const region = fc.constantFrom('US', 'DE', 'GB', 'SE', 'FR');
const invalid = fc.constantFrom('keep', 'null', 'reject');

const condition = fc.oneof(
  fc.record({ column, test: fc.constantFrom('is-empty', 'is-not-empty') }),
  fc.record({
    column,
    test: fc.constantFrom('equals', 'not-equals', 'contains', 'not-contains', 'starts-with', 'ends-with'),
    value: foundText,
    ignoreCase: anyCase,
  }),
  fc.record({
    column,
    test: fc.constantFrom('in-list', 'not-in-list'),
    values: fc.uniqueArray(found, { minLength: 1, maxLength: 8 }),
    ignoreCase: anyCase,
  }),
  fc.record({
    column,
    test: fc.constantFrom('matches', 'not-matches'),
    value: pattern,
    ignoreCase: anyCase,
  }),
);
const conditions = fc.array(condition, { minLength: 1, maxLength: 4 });

const step = (
  operation: string,
  targets: fc.Arbitrary<readonly string[]>,
  parameters: Record<string, fc.Arbitrary<unknown>>,
  optional: string[] = [],
): fc.Arbitrary<StepGiven> =>
  fc.record({
    operation: fc.constant(operation),
    columns: targets,
    parameters: fc.record(parameters, {
      requiredKeys: Object.keys(parameters).filter((name) => !optional.includes(name)),
    }) as fc.Arbitrary<Record<string, unknown>>,
  });
const none = fc.constant([]);
const onFail = fc.constantFrom('reject', 'flag', 'stop');

const anyStep = fc.oneof(
  step('trim', columns(), { sides: fc.constantFrom('both', 'start', 'end') }),
  step('collapse-whitespace', columns(), {}),
  step('change-case', columns(), { to: fc.constantFrom('lower', 'upper', 'title', 'sentence') }),
  step(
    'nullify',
    columns(),
    { values: fc.uniqueArray(found, { minLength: 1, maxLength: 6 }), ignoreCase: anyCase },
    ['values'],
  ),
  step('email', columns(), {
    canonical: fc.constantFrom('none', 'lower-domain', 'lower', 'provider'),
    invalid,
  }),
  step(
    'phone',
    columns(2),
    {
      defaultRegion: region,
      regionColumn: column,
      format: fc.constantFrom('e164', 'international', 'national', 'rfc3966'),
      extension: fc.constantFrom('drop', 'keep', 'column'),
      invalid,
    },
    ['defaultRegion', 'regionColumn'],
  ),
  step('filter', none, {
    where: fc.oneof(fc.record({ any: conditions }), fc.record({ all: conditions })),
    action: fc.constantFrom('keep', 'drop'),
  }),
  step('deduplicate', none, {
    keys: columns(2),
    normalize: fc.constantFrom('none', 'trim', 'lower', 'trim-lower'),
    keep: fc.constantFrom('first', 'last'),
    orderBy: fc.constant(HEADER.map((one) => ({ column: one }))),
  }),
  step('deduplicate', none, {
    keys: columns(2),
    normalize: fc.constantFrom('none', 'trim-lower'),
    keep: fc.constantFrom('most-complete', 'any'),
  }),
  step('check', columns(), { kind: fc.constantFrom('not-empty', 'email'), onFail }),
  step('check', columns(2), {
    kind: fc.constant('pattern'),
    pattern,
    match: fc.constantFrom('whole', 'anywhere'),
    ignoreCase: anyCase,
    onFail,
  }),
  step('check', columns(1), { kind: fc.constant('phone'), defaultRegion: region, onFail }),
);

/** Steps of a rule set over the columns of HEADER, as a steward might put together on a strange day. */
export const anySteps = fc.array(anyStep, { minLength: 1, maxLength: 8 });
