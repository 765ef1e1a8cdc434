import { z } from 'zod';
import type { PlanBuilder } from '../../compile/builder';
import { type Expression, text } from '../../expression/expression';
import { call } from '../../expression/primitives';
import { type FormField, listColumns, operation } from '../operation';
import type { AnyCheckKind } from './kind';
import { checkKinds } from './kinds';

const outcome = {
  onFail: z.enum(['reject', 'flag', 'stop']).default('reject'),
  name: z.string().min(1).max(100).optional(),
  flagColumn: z.string().min(1).default('failed checks'),
  maxShare: z.number().min(0).max(1).default(0),
};
type Parameters = { readonly kind: string } & z.output<z.ZodObject<typeof outcome>>;

const schemaOf = (kind: AnyCheckKind) => {
  const schema = z.strictObject({ kind: z.literal(kind.id), ...kind.parameters.shape, ...outcome });
  return schema.check((context) => {
    for (const message of kind.faults?.(context.value as never) ?? [])
      context.issues.push({ code: 'custom', message, input: context.value });
  });
};
const [first, ...others] = checkKinds;
const parameters = z.discriminatedUnion('kind', [
  schemaOf(first),
  ...others.map(schemaOf),
]) as unknown as z.ZodType<Parameters>;

const byId = new Map(checkKinds.map((one) => [one.id, one]));
const kindOf = (id: string): AnyCheckKind => {
  const kind = byId.get(id);
  if (!kind) throw new RangeError(`There is no check of the kind ${id}.`);
  return kind;
};

/** The kinds' own fields, each shown for its kinds: kinds that have the same field share it. */
function kindFields(): FormField[] {
  const fields = new Map<string, { field: FormField; kinds: string[] }>();
  for (const kind of checkKinds) {
    for (const field of kind.form) {
      const key = JSON.stringify(field);
      const known = fields.get(key);
      if (known) known.kinds.push(kind.id);
      else fields.set(key, { field, kinds: [kind.id] });
    }
  }
  return [...fields.values()].map(({ field, kinds }) => ({
    ...field,
    when: { name: 'kind', values: kinds },
  }));
}

const FAIL_WORDS: Record<Parameters['onFail'], string> = {
  reject: 'reject other rows',
  flag: 'flag other rows',
  stop: 'stop the run otherwise',
};

function flag(builder: PlanBuilder, when: Expression, flagColumn: string, name: string): void {
  const exists = builder.columns.includes(flagColumn);
  const before = exists ? builder.value(flagColumn) : text(null);
  const appended = exists
    ? call('choose', [call('isMissing', [before]), text(name), call('join', [before, text(`; ${name}`)])])
    : text(name);
  builder.assign(flagColumn, call('choose', [when, appended, before]));
}

export const check = operation<Parameters>({
  id: 'check',
  version: 1,
  title: 'Check values',
  also: 'validate validation test rule assert quality',
  family: 'Checks',
  summary: 'Rejects or flags rows that fail a check, or stops the run.',
  documentation:
    `Null passes every check but “not empty”. ${checkKinds.map((one) => one.documentation).join(' ')} Rejected rows ` +
    'go aside with their original values and the reason. A flag adds the check’s name to a column, several parted ' +
    'by “; ”. “Stop” writes nothing when more than the stated share of the rows that reach the check fail.',
  scope: 'row',
  scopeOf: ({ kind }) => kindOf(kind).scope ?? 'row',
  capabilities: {
    limits: ['“Is unique” looks at the rows with the same keys, and does not run in a stream.'],
  },
  stream: 'Works on each record by itself; “stop” is refused, as it needs the share among all records.',
  targets: { least: 1, most: 100 },
  parameters,
  form: [
    {
      name: 'kind',
      label: 'Each cell',
      control: 'choice',
      choices: checkKinds.map(({ id, label }) => ({ value: id, label })),
    },
    ...kindFields(),
    {
      name: 'onFail',
      label: 'If a cell fails',
      control: 'choice',
      choices: [
        { value: 'reject', label: 'Reject the row' },
        { value: 'flag', label: 'Flag the row' },
        { value: 'stop', label: 'Stop the run' },
      ],
    },
    { name: 'name', label: 'Name of the check', control: 'text', when: { name: 'onFail', values: ['flag'] } },
    { name: 'flagColumn', label: 'Flag column', control: 'text', when: { name: 'onFail', values: ['flag'] } },
    {
      name: 'maxShare',
      label: 'Share of rows that may fail',
      control: 'share',
      when: { name: 'onFail', values: ['stop'] },
    },
  ],
  examples: checkKinds.flatMap((one) => one.examples),
  sentence: ({ kind, onFail }, columns) =>
    `Check that ${listColumns(columns)} ${kindOf(kind).label}; ${FAIL_WORDS[onFail]}`,
  reads: (one) => kindOf(one.kind).reads?.(one as never) ?? [],
  rewrite(builder, one, columns) {
    const kind = kindOf(one.kind);
    for (const name of columns) {
      const when = builder.bind(kind.fails(builder, builder.value(name), one as never, name));
      if (one.onFail === 'flag') flag(builder, when, one.flagColumn, one.name ?? `${name} ${kind.reason}`);
      else if (one.onFail === 'stop') builder.stop({ column: name, when, most: one.maxShare });
      else builder.leave({ fate: 'rejected', column: name, reason: kind.reason, when });
    }
  },
});
