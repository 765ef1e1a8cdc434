import { parseRecord, RECORD_FAULT_WORDS, recordSplitter } from '../../shared/reading/csv';

export type PastedTable = {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
};

/**
 * A table from pasted text: cells of a spreadsheet, or CSV, with a line of column names. An empty cell is null, an
 * empty one in quotes is empty text. Answers what is wrong where the text is no table.
 */
export function tableFrom(text: string): PastedTable | string {
  const [head = ''] = text.split('\n', 1);
  const delimiter = ['\t', ';', ','].find((one) => head.includes(one)) ?? ',';
  const bytes = new TextEncoder().encode(text);
  const records: (readonly (string | null)[])[] = [];
  let wrong = '';
  const splitter = recordSplitter({ delimiter, quote: 'double', lineBreaks: true }, (span) => {
    if (span.blank || wrong !== '') return;
    if (span.fault && span.fault !== 'fields')
      wrong = `Line ${span.line}: ${RECORD_FAULT_WORDS[span.fault]}.`;
    else {
      const record = new TextDecoder('utf-8', { ignoreBOM: true }).decode(
        bytes.subarray(span.start, span.start + span.length),
      );
      records.push(parseRecord(record, { delimiter, quote: 'double' }));
    }
  });
  splitter.push(bytes);
  splitter.end();
  if (wrong !== '') return wrong;
  const [names = [], ...rows] = records;
  if (names.length < 2 || rows.length === 0)
    return 'A reference table needs a line of two or more column names, and lines below it.';
  return { columns: names.map((name) => name ?? ''), rows };
}
