/** One statement of a text, and where in the text it begins. */
export type Statement = { readonly sql: string; readonly from: number };

// Text, quoted names, dollar quotes, comments: what may hold a semicolon that ends nothing.
const piece =
  /'(?:[^']|'')*'?|"(?:[^"]|"")*"?|--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|\$([A-Za-z_]*)\$[\s\S]*?(?:\$\1\$|$)|;|[^;'"$/-]+|[\s\S]/g;

const isBlank = (sql: string): boolean => sql.replace(/--[^\n]*|\/\*[\s\S]*?(\*\/|$)/g, '').trim() === '';

/** Splits SQL at its semicolons; empty statements and comments by themselves are left out. */
export function splitStatements(text: string): readonly Statement[] {
  const statements: Statement[] = [];
  let from = 0;
  const take = (to: number) => {
    const raw = text.slice(from, to);
    if (!isBlank(raw)) {
      const lead = raw.length - raw.trimStart().length;
      statements.push({ sql: raw.trim(), from: from + lead });
    }
    from = to + 1;
  };
  for (const match of text.matchAll(piece)) {
    if (match[0] === ';') take(match.index);
  }
  take(text.length);
  return statements;
}

/** Whether a statement answers with rows and may stand in brackets after FROM. */
export function isQuery(sql: string): boolean {
  const start = sql.replace(/^(\s|--[^\n]*\n|\/\*[\s\S]*?\*\/|\()+/, '');
  return /^(select|with|from|values|table|describe|show|summarize|pivot|unpivot)\b/i.test(start);
}

/** Whether a text names a table, as a word or in double quotes. */
export function mentions(text: string, table: string): boolean {
  const lower = text.toLowerCase();
  const name = table.toLowerCase();
  if (lower.includes(`"${name.replaceAll('"', '""')}"`)) return true;
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(^|[^\\p{L}\\p{N}_])${escaped}($|[^\\p{L}\\p{N}_])`, 'u').test(lower);
}
