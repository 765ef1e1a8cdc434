/** The longest an IPv6 address can be written, an IPv4 address at its end. */
const LONGEST = 45;
const GROUP = /^[0-9a-fA-F]{1,4}$/;
const OCTET = /^(?:0|[1-9][0-9]{0,2})$/;

/** The last two groups that an IPv4 address stands for; null where it is none. */
function embedded(dotted: string): number[] | null {
  const octets = dotted.split('.');
  if (octets.length !== 4 || !octets.every((one) => OCTET.test(one))) return null;
  const [a = 0, b = 0, c = 0, d = 0] = octets.map(Number);
  return [a, b, c, d].every((one) => one <= 255) ? [a * 256 + b, c * 256 + d] : null;
}

/** The groups of a part without `::`; null where one is wrong. Only the last may be an IPv4 address. */
function groupsOf(part: string, last: boolean): number[] | null {
  if (part === '') return [];
  const groups: number[] = [];
  const written = part.split(':');
  for (const [i, one] of written.entries()) {
    if (GROUP.test(one)) {
      groups.push(Number.parseInt(one, 16));
      continue;
    }
    const two = last && i === written.length - 1 ? embedded(one) : null;
    if (!two) return null;
    groups.push(...two);
  }
  return groups;
}

function allGroups(address: string): number[] | null {
  const parts = address.split('::');
  const [head = '', tail] = parts;
  if (parts.length > 2) return null;
  const before = groupsOf(head, tail === undefined);
  if (tail === undefined) return before?.length === 8 ? before : null;
  const after = groupsOf(tail, true);
  if (!before || !after || before.length + after.length > 7) return null;
  return [...before, ...new Array<number>(8 - before.length - after.length).fill(0), ...after];
}

/** The first of the longest runs of two zeros and more, as [from, to). */
function longestZeros(groups: readonly number[]): readonly [number, number] {
  let best: readonly [number, number] = [0, 0];
  for (let from = 0; from < groups.length; from++) {
    let to = from;
    while (to < groups.length && groups[to] === 0) to++;
    if (to - from >= 2 && to - from > best[1] - best[0]) best = [from, to];
  }
  return best;
}

/**
 * An IPv6 address in the form of RFC 5952 (lower case, no leading zeros, the longest run of zeros as `::`, an IPv4
 * address at the end of those mapped from one); null where the text is none. No zones and no prefix lengths.
 */
export function canonicalIpv6(address: string): string | null {
  if (address.length > LONGEST || !address.includes(':')) return null;
  const groups = allGroups(address);
  if (!groups) return null;
  const mapped = groups.slice(0, 5).every((one) => one === 0) && groups[5] === 0xffff;
  if (mapped) {
    const [high = 0, low = 0] = groups.slice(6);
    return `::ffff:${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`;
  }
  const [from, to] = longestZeros(groups);
  const hex = (part: readonly number[]) => part.map((one) => one.toString(16)).join(':');
  return from === to ? hex(groups) : `${hex(groups.slice(0, from))}::${hex(groups.slice(to))}`;
}
