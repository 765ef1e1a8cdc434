import { compilePlan } from '../../shared/compile/compile';
import { emptyRuleSet } from '../../shared/document/rule-set';
import { capabilitiesOf } from '../../shared/operations/capabilities';
import { exampleLines, type OperationExample } from '../../shared/operations/operation';
import { type AnyOperation, scopeOfStep } from '../../shared/operations/registry';
import { code, plain, table, visible } from './markdown';
import { parameterRows } from './parameters';

const SCOPES: Readonly<Record<AnyOperation['scope'], string>> = {
  cell: 'each cell by itself',
  row: 'each row by itself',
  group: 'the rows with the same keys',
  table: 'all rows',
};
/** What a result depends on; several where it depends on the parameters, as the examples show. */
export function scopeWords(operation: AnyOperation): string {
  const found = new Set(operation.examples.map(({ parameters }) => scopeOfStep(operation, parameters)));
  const scopes = (Object.keys(SCOPES) as AnyOperation['scope'][]).filter((one) => found.has(one));
  return scopes.map((one) => SCOPES[one]).join(' or ');
}

const cell = (value: string | null | undefined) =>
  value === null || value === undefined ? '*null*' : code(JSON.stringify(value));
const yes = (holds: boolean) => (holds ? 'yes' : '**no**');

/** A row of the table of engines. */
export function capabilityCells(operation: AnyOperation): readonly string[] {
  const { engines, streams } = capabilitiesOf(operation);
  return [...(['wasm', 'native', 'spark'] as const).map((one) => yes(engines.includes(one))), yes(streams)];
}

/** Names of the columns after the example's step. */
function columnsAfter(
  operation: AnyOperation,
  { columns, parameters, header }: OperationExample,
): readonly string[] {
  const step = {
    ...{
      id: 's1',
      operation: operation.id,
      version: operation.version,
      enabled: true,
      note: '',
      examples: [],
    },
    ...{ columns: [...columns], parameters: { ...parameters } },
  };
  return compilePlan({ ...emptyRuleSet('example'), steps: [step] }, header).output.map(
    ({ column }) => column,
  );
}

function examplePart(operation: AnyOperation, example: OperationExample): string[] {
  const { title, columns, parameters, header } = example;
  const after = columnsAfter(operation, example);
  const lines = exampleLines(example).map(({ before, after: out }) => {
    const result =
      'left' in out ? [`*${out.left}*`, ...after.slice(1).map(() => '')] : after.map((_, j) => cell(out[j]));
    return [...header.map((_, j) => (before === null ? '' : cell(before[j]))), '→', ...result];
  });
  return [
    `### ${plain(title)}`,
    '',
    ...(columns.length > 0 ? [`On ${columns.map((one) => code(one)).join(', ')}, with`] : ['With']),
    '',
    '```json',
    JSON.stringify(parameters, null, 2).split('\n').map(visible).join('\n'),
    '```',
    '',
    table([...header.map(plain), '→', ...after.map(plain)], lines),
    '',
  ];
}

const targetWords = ({ targets: { least, most } }: AnyOperation): string => {
  if (most === 0) return 'none: its parameters name the columns';
  return least === most ? `${most}` : `${least} to ${most}`;
};

/** The reference page of an operation, in Markdown. */
export function operationPage(operation: AnyOperation): string {
  const { id, version, title, family, summary, documentation, stream, form, examples } = operation;
  const labels = new Map(form.map((field) => [field.name, field]));
  const { limits } = capabilitiesOf(operation);
  const rows = parameterRows(operation).map(({ name, type, fallback, required, only }) => {
    const field = labels.get(name);
    const choices =
      field && 'choices' in field ? field.choices.map((one) => `${code(one.value)} ${plain(one.label)}`) : [];
    const told = [field?.label, field?.help].flatMap((one) => (one === undefined ? [] : [plain(one)]));
    const where = only.length > 0 ? [`only with ${only.map((one) => code(one)).join(', ')}`] : [];
    return [
      code(name),
      plain(type),
      fallback === null ? (required ? 'needed' : 'none') : code(fallback),
      [...told, ...choices, ...where].join('; '),
    ];
  });
  return [
    '<!-- Written by `npm run gen` from the operation’s definition. -->',
    `# ${title}`,
    '',
    `${code(id)}, version ${version}, in the family [${family}](README.md).`,
    '',
    plain(summary),
    '',
    plain(documentation),
    '',
    '## Where it runs',
    '',
    table(
      ['Preview', 'Native DuckDB', 'Spark', 'Stream', 'Looks at', 'Target columns'],
      [[...capabilityCells(operation), scopeWords(operation), targetWords(operation)]],
    ),
    '',
    `In a stream: ${plain(stream)}`,
    '',
    ...(limits.length > 0 ? [...limits.map((one) => `- ${plain(one)}`), ''] : []),
    '## Parameters',
    '',
    ...(rows.length > 0 ? [table(['Parameter', 'Type', 'Default', 'Meaning'], rows)] : ['None.']),
    '',
    '## Examples',
    '',
    ...examples.flatMap((example) => examplePart(operation, example)),
  ].join('\n');
}
