import type { Drawn, DrawnHow } from '../contract/calls/source';
import { whereWords } from '../operations/conditions';
import { count, plural } from '../words';

const HOW: Record<DrawnHow, string> = {
  'first-rows': 'first rows',
  'random-rows': 'random rows',
  'random-blocks': 'random blocks',
  'random-row-groups': 'rows of random row groups',
  'whole-groups': 'whole groups',
  filtered: 'rows that meet conditions',
};

const listed = (names: readonly string[]) =>
  names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;

/** How a sample was drawn, in few words: `random rows`, `whole groups of e-mail and phone`. */
export function drawnWords({ how, sampling }: Pick<Drawn, 'how' | 'sampling'>): string {
  if (sampling.method === 'groups') return `${HOW[how]} of ${listed(sampling.keys)}`;
  if (sampling.method === 'filter') return `rows where ${whereWords(sampling.where)}`;
  return HOW[how];
}

/** What is behind it, in sentences: what was read, and what that means for what is seen. */
export function drawnMeaning({ how, sampling, parts, share, matches }: Drawn): string {
  switch (how) {
    case 'first-rows':
      return 'The beginning of the source, which may differ from the rest.';
    case 'random-rows':
      return 'Each row was as likely as any other.';
    case 'random-blocks':
      return `Rows of ${count(parts?.read ?? 0)} blocks that are spread over the source, of ${count(parts?.of ?? 0)}; rows that stand near each other may be alike.`;
    case 'random-row-groups':
      return `Rows of ${plural(parts?.read ?? 0, 'row group')}, of ${count(parts?.of ?? 0)}; rows that stand near each other may be alike.`;
    case 'whole-groups': {
      const asked = sampling.method === 'groups' ? sampling.share : 1;
      const lowered =
        share !== null && share < asked ? ' The share was lowered to keep to the number of rows.' : '';
      return `Rows with the same keys, apart from letter case, white space and punctuation, were drawn together or not at all.${lowered} A row without a key is a group of its own.`;
    }
    case 'filtered':
      return `${matches === null ? 'Some' : count(matches)} rows meet the conditions; the first of them are here. They tell nothing of the other rows.`;
  }
}
