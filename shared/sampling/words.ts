import type { Drawn, DrawnHow } from '../contract/calls/source';
import type { Sampling } from '../document/sampling';
import { whereWords } from '../operations/conditions';
import { count, plural } from '../words';

const HOW: Record<DrawnHow, string> = {
  'first-rows': 'first rows',
  'random-rows': 'random rows',
  'random-blocks': 'random blocks',
  'random-row-groups': 'rows of random row groups',
  'whole-groups': 'whole groups',
  filtered: 'rows that meet conditions',
  'last-messages': 'last messages',
  'messages-of-time': 'messages of a time',
  'messages-by-offset': 'messages by offset',
  followed: 'newest messages, as they come',
};

const listed = (names: readonly string[]) =>
  names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;

/** How a sample was drawn, in few words: `random rows`, `whole groups of e-mail and phone`. */
export function drawnWords({ how, sampling }: Pick<Drawn, 'how' | 'sampling'>): string {
  if (how === 'followed') return HOW[how];
  if (sampling.method === 'groups') return `${HOW[how]} of ${listed(sampling.keys)}`;
  if (sampling.method === 'time') return `messages since ${timeWords(sampling.from)}`;
  if (sampling.method === 'filter') return `rows where ${whereWords(sampling.where)}`;
  return HOW[how];
}

const timeWords = (time: number) => `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

const inPartitions = (parts: Drawn['parts']) =>
  `${count(parts?.read ?? 0)} of ${plural(parts?.of ?? 0, 'partition')}`;

function isolationWords(sampling: Sampling): string {
  return 'isolation' in sampling && sampling.isolation === 'uncommitted'
    ? 'those of open and aborted transactions too'
    : 'without those of open and aborted transactions';
}

const tombstoneWords = (found = 0) =>
  found === 0
    ? ''
    : `; ${plural(found, 'tombstone')} among them ${found === 1 ? 'is no row' : 'are no rows'}`;

/** Which partitions of a data set have rows in the sample. */
function partitionWords(partitions: Drawn['partitions']): string {
  if (!partitions) return '';
  const { read, of } = partitions;
  return read === of
    ? ` Each of ${plural(of, 'partition')} has its share, by its size.`
    : ` Rows are from ${count(read)} of ${plural(of, 'partition')}; the others are not in it.`;
}

/** What is behind it, in sentences: what was read, and what that means for what is seen. */
export function drawnMeaning(drawn: Drawn): string {
  const { how, sampling, parts, partitions, share, matches, tombstones, on } = drawn;
  switch (how) {
    case 'first-rows':
      return 'The beginning of the source, which may differ from the rest.';
    case 'random-rows':
      return 'Each row was as likely as any other.';
    case 'random-blocks':
      return `Rows of ${count(parts?.read ?? 0)} blocks that are spread over the source, of ${count(parts?.of ?? 0)}; rows that stand near each other may be alike.${partitionWords(partitions)}`;
    case 'random-row-groups':
      return `Rows of ${plural(parts?.read ?? 0, 'row group')}, of ${count(parts?.of ?? 0)}; rows that stand near each other may be alike.${partitionWords(partitions)}`;
    case 'whole-groups': {
      const asked = sampling.method === 'groups' ? sampling.share : 1;
      const lowered =
        share !== null && share < asked ? ' The share was lowered to keep to the number of rows.' : '';
      return `Rows with the same keys, apart from letter case, white space and punctuation, were drawn together or not at all.${lowered} A row without a key is a group of its own.`;
    }
    case 'last-messages':
      return `The last messages of ${inPartitions(parts)}, ${isolationWords(sampling)}${tombstoneWords(tombstones)}. Older ones may differ.`;
    case 'messages-of-time':
      return `Messages of ${inPartitions(parts)} by their time, ${isolationWords(sampling)}${tombstoneWords(tombstones)}.`;
    case 'messages-by-offset':
      return `Messages between offsets of ${inPartitions(parts)}, ${isolationWords(sampling)}${tombstoneWords(tombstones)}.`;
    case 'followed':
      return 'The newest messages of the topic, as they come.';
    case 'filtered':
      return `${matches === null ? 'Some' : count(matches)} rows meet the conditions; ${on === 'cluster' ? 'some' : 'the first'} of them are here. They tell nothing of the other rows.`;
  }
}
