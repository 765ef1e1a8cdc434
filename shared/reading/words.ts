import type { Dialect, Encoding } from '../document/dialect';
import { AVRO_FAULT_WORDS } from './avro-file';
import { recordFaultWords } from './csv';
import { JSON_FAULT_WORDS } from './flatten';
import { DOCUMENT_FAULT_WORDS } from './json-document';

/** A key that the plan has no column for: only where rows are read by a plan that was made from a sample. */
export const UNKNOWN_KEY = 'a key that the rules have no column for';

const encoding = (one: Encoding) => ({ encoding: recordFaultWords(one).encoding });

/** Why a record of a source cannot be read, in words, by the name of what is wrong with it. */
export function unreadableWords(dialect: Dialect): Readonly<Record<string, string>> {
  switch (dialect.format) {
    case 'csv':
      return recordFaultWords(dialect.encoding);
    case 'jsonl':
      return { ...encoding(dialect.encoding), ...JSON_FAULT_WORDS, unknown: UNKNOWN_KEY };
    case 'json':
      return {
        ...encoding(dialect.encoding),
        ...JSON_FAULT_WORDS,
        ...DOCUMENT_FAULT_WORDS,
        unknown: UNKNOWN_KEY,
      };
    case 'text':
      return encoding(dialect.encoding);
    case 'avro':
      return AVRO_FAULT_WORDS;
    case 'parquet':
    case 'orc':
      return {};
  }
}
