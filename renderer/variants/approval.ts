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

/** A cluster whose values the step does not decide yet, and what they may become. */
export type Proposal = Cluster & { readonly value: string };

/**
 * What is left of clusters to decide: values that may become one of them, and values that are like one which is
 * approved already.
 */
export function openProposals(clusters: readonly Cluster[], settings: VariantSettings): readonly Proposal[] {
  const decided = decidedBy(settings);
  const approvedAs = new Map(
    settings.canonical.flatMap(({ value, members }) => [value, ...members].map((one) => [one, value])),
  );
  return clusters.flatMap(({ members }) => {
    const open = members.filter((one) => !decided(one.value));
    const known = members.map((one) => approvedAs.get(one.value)).find((one) => one !== undefined);
    const value = known ?? open[0]?.value;
    return value !== undefined && open.length > (known === undefined ? 1 : 0)
      ? [{ members: open, value }]
      : [];
  });
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
      canonical: canonical.some((one) => one.value === value)
        ? canonical.map((one) =>
            one.value === value ? { value, members: [...new Set([...one.members, ...kept])] } : one,
          )
        : [...canonical, { value, members: kept }],
      exceptions: [...new Set([...exceptions, ...stay])],
    },
    examples: pinned(step, guards),
  };
}

/** What keeping the values of a cluster apart changes: each stays as it is, and an example guards that. */
export function keepApart(step: Step, { members }: Cluster): Pick<Step, 'parameters' | 'examples'> {
  const { exceptions } = settingsOf(step.parameters);
  const values = members.map((one) => one.value);
  return {
    parameters: { ...step.parameters, exceptions: [...new Set([...exceptions, ...values])] },
    // One guards them all: that none becomes another is what the exceptions say.
    examples: pinned(
      step,
      values.slice(1, 2).map((value) => ({ input: value, output: value })),
    ),
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
