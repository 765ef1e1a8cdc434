import { z } from 'zod';
import { noOperation } from '../../../shared/compile/compile';
import { capabilitiesOf, ENGINE_NAMES } from '../../../shared/operations/capabilities';
import { ENGINES, exampleLines } from '../../../shared/operations/operation';
import type { AnyOperation } from '../../../shared/operations/registry';
import { operations as all, findOperation } from '../../../shared/operations/registry';
import { usage } from '../arguments';
import type { Command } from '../command';

const brief = (operation: AnyOperation) => {
  const { id, version, title, family, summary, scope, stream } = operation;
  return { id, version, title, family, summary, scope, stream, capabilities: capabilitiesOf(operation) };
};

function detail(operation: AnyOperation) {
  const { documentation, form, examples, targets } = operation;
  return {
    ...brief(operation),
    documentation,
    targets,
    parameters: z.toJSONSchema(operation.parameters, { unrepresentable: 'any', io: 'input' }),
    form,
    examples,
  };
}

const cell = (value: string | null) => (value === null ? 'null' : JSON.stringify(value));

/** Where an operation runs, and what limits it there. */
function runsOn(operation: AnyOperation): string {
  const { engines, streams, limits } = capabilitiesOf(operation);
  const places = engines.map((one) => ENGINE_NAMES[one]).join(', ');
  return [`Runs on ${places}; ${streams ? 'also' : 'not'} in a stream.`, ...limits].join(' ');
}

/** A line of the list: what the operation does, and where it can't. */
function line(operation: AnyOperation): string {
  const { engines, streams } = capabilitiesOf(operation);
  const missing = ENGINES.filter((one) => !engines.includes(one)).map((one) => ENGINE_NAMES[one]);
  const not = [...missing.map((one) => `on ${one}`), ...(streams ? [] : ['in a stream'])];
  return `${operation.summary}${not.length > 0 ? ` Not ${not.join(', ')}.` : ''}`;
}

function page(operation: AnyOperation): string {
  const { id, title, summary, documentation, scope, stream, form, examples } = operation;
  return [
    `${id}: ${title}`,
    summary,
    '',
    documentation,
    `Scope: ${scope}. In a stream: ${stream}`,
    runsOn(operation),
    '',
    ...(form.length === 0 ? ['No parameters.'] : ['Parameters:']),
    ...form.map(
      (field) =>
        `  ${field.name}: ${field.label}${field.control === 'choice' ? ` (${field.choices.map((one) => one.value).join(', ')})` : ''}`,
    ),
    '',
    'Examples:',
    ...examples.flatMap((example) => [
      `  ${example.title}: ${JSON.stringify(example.parameters)}`,
      ...exampleLines(example).map(({ before, after: out }) => {
        const after = 'left' in out ? `leaves, ${out.left}` : out.map(cell).join(', ');
        const named = (name: string) => (example.header.length > 1 ? `${name} ` : '');
        const cells = example.header.map((name, j) => named(name) + cell(before?.[j] ?? null));
        return `    ${before === null ? 'and' : cells.join(', ')} → ${after}`;
      }),
    ]),
  ].join('\n');
}

export const operations: Command = {
  name: 'operations',
  does: 'lists the operations, or one with its parameters and examples',
  syntax: { positionals: [{ name: 'ID', required: false }], options: {}, flags: ['json'] },
  async run(args) {
    const [id] = args.positionals;
    if (id === undefined) {
      const width = Math.max(...all.map((one) => one.id.length));
      return {
        text: all.map((one) => `${one.id.padEnd(width)}  ${line(one)}`).join('\n'),
        json: { operations: all.map(brief) },
      };
    }
    const operation = findOperation(id);
    if (!operation) throw usage(noOperation(id));
    return { text: page(operation), json: detail(operation) };
  },
};
