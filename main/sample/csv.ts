/** A field after RFC 4180: null is nothing at all, empty text is `""`. Values hold no line breaks. */
export function csvField(value: string | null): string {
  if (value === null) return '';
  if (value === '') return '""';
  return value.includes(',') || value.includes('"') ? `"${value.replaceAll('"', '""')}"` : value;
}

/** A row with its line feed. */
export const csvLine = (values: readonly (string | null)[]): string => `${values.map(csvField).join(',')}\n`;
