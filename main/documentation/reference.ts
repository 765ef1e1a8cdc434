import { type AnyOperation, operations } from '../../shared/operations/registry';
import { formulaPage } from './formula-page';
import { code, plain, table } from './markdown';
import { capabilityCells, operationPage, scopeWords } from './operation-page';

function familyLines(family: string, members: readonly AnyOperation[]): string[] {
  const rows = members.map((operation) => [
    `[${plain(operation.title)}](${operation.id}.md)`,
    code(operation.id),
    plain(operation.summary),
    scopeWords(operation),
    ...capabilityCells(operation),
  ]);
  const header = [
    'Operation',
    'Id',
    'What it does',
    'Looks at',
    'Preview',
    'Native DuckDB',
    'Spark',
    'Stream',
  ];
  return [`## ${family}`, '', table(header, rows), ''];
}

function indexPage(): string {
  const families = [...new Set(operations.map(({ family }) => family))];
  return [
    '<!-- Written by `npm run gen` from the operations’ definitions. -->',
    '# Operations',
    '',
    'Every rule of the library. What the preview shows is what native DuckDB and Spark write, cell for cell: the worked',
    'examples on each page are run on all of them by the tests.',
    '',
    ...families.flatMap((family) =>
      familyLines(
        family,
        operations.filter((one) => one.family === family),
      ),
    ),
  ].join('\n');
}

/** The reference documentation: text by file name, for `docs/operations`. */
export function referencePages(): ReadonlyMap<string, string> {
  return new Map([
    ['README.md', indexPage()],
    ['formulas.md', formulaPage()],
    ...operations.map((one) => [`${one.id}.md`, operationPage(one)] as const),
  ]);
}
