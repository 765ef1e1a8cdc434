import type { Connection, ConnectionKind } from '../../../shared/connections/connection';
import type { Pem, SecretPart } from '../../../shared/connections/parts';
import type { IconName } from '../../shell/icons';

/** What stands in the fields of a form, by their names; a ticked box is `yes`. Secrets are not among them. */
export type Values = Readonly<Record<string, string>>;

type FieldWords = {
  readonly name: string;
  readonly label: string;
  readonly help: string;
  readonly placeholder?: string;
  readonly optional?: boolean;
  /** What is said of a value that is not of its form. */
  readonly wrong?: string;
};

export type FormField =
  | (FieldWords & { readonly control: 'text' | 'lines' | 'pem' | 'check' })
  | (FieldWords & {
      readonly control: 'choice';
      readonly options: readonly (readonly [value: string, label: string])[];
    })
  | (FieldWords & { readonly control: 'secret' | 'secret-lines'; readonly part: SecretPart });

export type FormSection = { readonly title: string; readonly fields: readonly FormField[] };

/** How a kind of connection is set up. One more kind is a file like this and a line in `forms.ts`. */
export type ConnectionForm = {
  readonly kind: ConnectionKind;
  /** `HDFS`, as in “Connect to HDFS…”. */
  readonly service: string;
  readonly icon: IconName;
  /** What testing does, in a sentence. */
  readonly tested: string;
  /** Words that find it in the palette. */
  readonly also: string;
  readonly blank: Values;
  /** The fields that these values call for. */
  sections(values: Values): readonly FormSection[];
  /** A connection out of the values, yet to be checked by its schema. */
  read(values: Values, id: string): unknown;
  write(connection: Connection): Values;
  /** The field in which a fault at this path of the connection is corrected. */
  fieldOf(path: readonly PropertyKey[]): string;
  /** Where it leads, in a few words. */
  place(connection: Connection): string;
};

/** Non-empty lines, which commas may also separate. */
export const linesOf = (text = ''): string[] =>
  text
    .split(/[\n,]/)
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** PEM text, or the path of a file, as a setting; undefined for an empty field. */
export function pemOf(typed = ''): Pem | undefined {
  const text = typed.trim();
  if (text === '') return undefined;
  return text.startsWith('-----BEGIN') ? { text } : { file: text };
}

export const pemWords = (pem: Pem | undefined): string =>
  pem === undefined ? '' : 'file' in pem ? pem.file : pem.text;

export const NAME_FIELD: FormField = {
  name: 'name',
  control: 'text',
  label: 'Name',
  placeholder: 'Shop cluster',
  help: 'As you want to see it in the list.',
};

export const NO_ADDRESS = 'This is no address; it begins with http:// or https://.';
