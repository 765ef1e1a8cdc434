import type { Entry } from '../../shared/ports/connector';

/** `644` as `rw-r--r--`; a sticky bit as `t`. Octal digits that are no permission are told as they are. */
export function permissionLetters(octal: string): string {
  const match = /^([0-7])?([0-7]{3})$/.exec(octal);
  if (match?.[2] === undefined) return octal;
  const letters = [...match[2]]
    .map((digit) => [...'rwx'].map((letter, bit) => (Number(digit) & (4 >> bit) ? letter : '-')).join(''))
    .join('');
  return match[1] !== undefined && Number(match[1]) & 1 ? `${letters.slice(0, 8)}t` : letters;
}

/** Who owns an entry and who may do what with it; empty where the source does not tell. */
export function permissionWords({ owner, group, permission }: Entry): string {
  if (owner === undefined) return '';
  const who = group === undefined || group === '' ? owner : `${owner}:${group}`;
  return permission === undefined ? who : `${who} ${permissionLetters(permission)}`;
}
