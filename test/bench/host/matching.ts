import { customers } from '../../../main/sample/customers';
import { lowercaseTable, mapCase } from '../../../shared/expression/case-table';
import { learnPoints } from '../../../shared/matching/learn';
import { matchRecords, pairsOf } from '../../../shared/matching/match';
import { FIELD_SEPARATOR, levelsOf, readRecord } from '../../../shared/matching/record';
import { matchDuplicates, matchOptions } from '../../../shared/operations/match-duplicates';

export { learnPoints, matchRecords, readRecord };

/** Rows of the sample's customers: the fields to compare, in lower case, and what tells who someone is. */
export function sampleCustomers(seed: number, count: number, columns: readonly string[]) {
  const table = customers(seed);
  const at = columns.map((name) => table.columns.indexOf(name));
  const mail = table.columns.indexOf('e-mail');
  const rows: { readonly text: string; readonly person: string | null }[] = [];
  const emit = Object.assign(
    ({ values }: { values: readonly (string | null)[] }) => {
      const text = at.map((i) => mapCase(values[i] ?? '', lowercaseTable)).join(FIELD_SEPARATOR);
      const address = mapCase(values[mail] ?? '', lowercaseTable).replace(/[^!-~]/g, '');
      rows.push({ text, person: /^[^@]+@[^@]+\.[a-z]+$/.test(address) ? address : null });
      return rows.length;
    },
    { later: () => {} },
  );
  for (const _ of table.generate(count, emit)) if (rows.length >= count) break;
  return rows;
}

/** The options of a step with these parameters. */
export const optionsOf = (parameters: unknown) => matchOptions(matchDuplicates.parameters.parse(parameters));

/** Compares the pairs of a step, up to a number of them. Answers how many, and seconds without reading records. */
export function comparePairs(texts: readonly string[], options: ReturnType<typeof optionsOf>, most: number) {
  const records = texts.map((text) => readRecord(text, options));
  const since = performance.now();
  let pairs = 0;
  let agreeing = 0;
  for (const [one, other] of pairsOf(records, options)) {
    if (pairs === most) break;
    pairs++;
    if (levelsOf(one, other, options)[0] === 'agree') agreeing++;
  }
  return { pairs, agreeing, seconds: (performance.now() - since) / 1000 };
}
