/** Text for a cell of a Markdown table: one line, and nothing that Markdown would read as its own. */
export const plain = (text: string): string =>
  text.replace(/[\\`*_<>[\]|]/g, '\\$&').replace(/\s*\n\s*/g, ' ');

/** What shows as nothing, or joins what is before it. */
const ODD = /[\p{M}\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Zs}\p{Co}\p{Cs}]/gu;

const escaped = (character: string): string => {
  if (character === ' ') return character;
  const point = character.codePointAt(0) ?? 0;
  return point > 0xffff ? `\\u{${point.toString(16)}}` : `\\u${point.toString(16).padStart(4, '0')}`;
};

/** A line with characters spelled out that can't be seen. */
export const visible = (line: string): string => line.replace(ODD, escaped);

/** A value in code, in which everything can be seen: JSON with invisible characters spelled out. */
export function code(text: string): string {
  const told = visible(text);
  const fence = '`'.repeat(Math.max(0, ...[...told.matchAll(/`+/g)].map(([run]) => run.length)) + 1);
  const padded = /^[ `]|[ `]$/.test(told) ? ` ${told} ` : told;
  return `${fence}${padded.replaceAll('|', '\\|')}${fence}`;
}

/** A table; the cells are Markdown already. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}
