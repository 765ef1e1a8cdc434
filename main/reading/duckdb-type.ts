/** A type as DuckDB describes it. */
export type DuckdbType =
  | { readonly kind: 'scalar'; readonly name: string }
  | { readonly kind: 'struct'; readonly fields: readonly { name: string; type: DuckdbType }[] }
  | { readonly kind: 'list'; readonly element: DuckdbType }
  | { readonly kind: 'map'; readonly key: DuckdbType; readonly value: DuckdbType };

/** Parses what DESCRIBE tells of a column, such as `STRUCT(a INTEGER, "b c" VARCHAR[])`. */
export function parseDuckdbType(text: string): DuckdbType {
  let at = 0;
  const skip = (character: string) => {
    if (!text.startsWith(character, at)) throw new RangeError(`Unknown type: ${text}`);
    at += character.length;
  };
  const identifier = (): string => {
    if (text[at] !== '"') {
      const found = /^[^\s,()]+/.exec(text.slice(at))?.[0] ?? '';
      at += found.length;
      return found;
    }
    const found = /^"((?:[^"]|"")*)"/.exec(text.slice(at));
    if (!found) throw new RangeError(`Unknown type: ${text}`);
    at += found[0].length;
    return (found[1] ?? '').replaceAll('""', '"');
  };
  /** A name with what stands in brackets after it, such as DECIMAL(9,2) or an enumeration's values. */
  const scalar = (): DuckdbType => {
    const found = /^[A-Z_0-9]+(?: WITH TIME ZONE)?(?:\((?:[^()']|'(?:[^']|'')*')*\))?/i.exec(text.slice(at));
    if (!found) throw new RangeError(`Unknown type: ${text}`);
    at += found[0].length;
    return { kind: 'scalar', name: found[0] };
  };
  const one = (): DuckdbType => {
    let type: DuckdbType;
    if (text.startsWith('STRUCT(', at)) {
      at += 'STRUCT('.length;
      const fields: { name: string; type: DuckdbType }[] = [];
      for (;;) {
        const name = identifier();
        skip(' ');
        fields.push({ name, type: one() });
        if (text[at] === ')') break;
        skip(', ');
      }
      skip(')');
      type = { kind: 'struct', fields };
    } else if (text.startsWith('MAP(', at)) {
      at += 'MAP('.length;
      const key = one();
      skip(', ');
      const value = one();
      skip(')');
      type = { kind: 'map', key, value };
    } else type = scalar();
    for (let list = /^\[\d*\]/.exec(text.slice(at)); list; list = /^\[\d*\]/.exec(text.slice(at))) {
      at += list[0].length;
      type = { kind: 'list', element: type };
    }
    return type;
  };
  const type = one();
  if (at !== text.length) throw new RangeError(`Unknown type: ${text}`);
  return type;
}
