import { answerName, type NameOptions, nameOptionsSchema } from '../people/person-name';
import { nameOptions } from '../people/tables';
import { lookup } from './lookup';

export const personNameLookup = lookup<
  'name' | 'lowered' | 'raised',
  'name' | 'title' | 'given' | 'middle' | 'family' | 'suffix',
  NameOptions
>({
  id: 'person-name',
  meaning:
    'A person’s name with its letter case and order repaired, and its parts; nulls for parts it does not have.',
  inputs: ['name', 'lowered', 'raised'],
  outputs: ['name', 'title', 'given', 'middle', 'family', 'suffix'],
  options: nameOptionsSchema,
  heavy: false,
  async load() {
    return ([name = null, lowered = null, raised = null], options) => {
      if (name === null) return [null, null, null, null, null, null];
      const answer = answerName(name, lowered, raised, options);
      return [answer.name, answer.title, answer.given, answer.middle, answer.family, answer.suffix];
    };
  },
  samples: [
    nameOptions('repair', 'keep'),
    nameOptions('always', 'given-first'),
    nameOptions('keep', 'family-first'),
  ],
});
