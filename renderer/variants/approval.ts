import type { PinnedExample, Step } from '../../shared/document/rule-set';
import type { Cluster } from '../../shared/variants/cluster';
import { KEY_KINDS, type KeyKind, variantKey } from '../../shared/variants/key';

export type Approved = { readonly value: string; readonly members: readonly string[] };

/** The settings of a step that merges variants, as far as they are there. */
export type VariantSettings = {
  readonly key: KeyKind;
  readonly size: number;
  readonly canonical: readonly Approved[];
  readonly exceptions: readonly string[];
};

const texts = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];

/** Reads a step's parameters, valid or not. */
export function settingsOf({ key, size, canonical, exceptions }: Step['parameters']): VariantSettings {
  return {
    key: KEY_KINDS.find((kind) => kind === key) ?? 'fingerprint',
    size: size === 1 || size === 3 ? size : 2,
    canonical: (Array.isArray(canonical) ? canonical : []).map((one: Partial<Approved>) => ({
      value: typeof one.value === 'string' ? one.value : '',
      members: texts(one.members),
    })),
    exceptions: texts(exceptions),
  };
}

/** Tells which values the step already decides: those of approved keys and those that stay. */
export function decidedBy({ key, size, canonical, exceptions }: VariantSettings): (value: string) => boolean {
  const keys = new Set(
    canonical.flatMap(({ value, members }) => [value, ...members].map((one) => variantKey(one, key, size))),
  );
  const stays = new Set(exceptions);
  return (value) => stays.has(value) || keys.has(variantKey(value, key, size));
}

/** Examples that a step pins, without those of the inputs given, then one for each of these. */
const pinned = (step: Step, examples: readonly PinnedExample[]): PinnedExample[] => [
  ...step.examples.filter((one) => !examples.some(({ input }) => input === one.input)),
  ...examples,
];

export type Decision = { readonly value: string; readonly excluded: ReadonlySet<string> };

/**
 * What approving a cluster changes: the members go with the chosen value, whatever that is later; those taken out stay as they are, and
 * examples are pinned for them and for the most frequent member that changes.
 */
export function approve(
  step: Step,
  { members }: Cluster,
  { value, excluded }: Decision,
): Pick<Step, 'parameters' | 'examples'> {
  const { canonical, exceptions } = settingsOf(step.parameters);
  const kept = members.map((one) => one.value).filter((one) => !excluded.has(one));
  const changed = kept.filter((one) => one !== value);
  const stay = members.map((one) => one.value).filter((one) => excluded.has(one) && one !== value);
  const guards = [
    ...changed.slice(0, 1).map((input) => ({ input, output: value })),
    ...stay.map((input) => ({ input, output: input })),
  ];
  return {
    parameters: {
      ...step.parameters,
      canonical: [...canonical, { value, members: kept }],
      exceptions: [...new Set([...exceptions, ...stay])],
    },
    examples: pinned(step, guards),
  };
}

/** What taking an approved value back changes; its guard examples go with it. */
export function withdraw(step: Step, at: number): Pick<Step, 'parameters' | 'examples'> {
  const { canonical } = settingsOf(step.parameters);
  const gone = canonical[at];
  const concerned = new Set(gone?.members ?? []);
  return {
    parameters: { ...step.parameters, canonical: canonical.filter((_, i) => i !== at) },
    examples: step.examples.filter(
      ({ input, output }) => output !== gone?.value || !concerned.has(input ?? ''),
    ),
  };
}

/** What writing an approved value in another way changes. */
export function rename(step: Step, at: number, value: string): Pick<Step, 'parameters' | 'examples'> {
  const { canonical } = settingsOf(step.parameters);
  const before = canonical[at];
  return {
    parameters: {
      ...step.parameters,
      canonical: canonical.map((one, i) => (i === at ? { ...one, value } : one)),
    },
    examples: step.examples.map((one) =>
      before && one.output === before.value && before.members.includes(one.input ?? '')
        ? { ...one, output: value }
        : one,
    ),
  };
}
