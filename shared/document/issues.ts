import type { z } from 'zod';

const list = (values: readonly unknown[]): string => values.map((one) => `“${String(one)}”`).join(', ');

const KINDS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  null: 'null',
};

const BY_ORIGIN: Readonly<Record<string, string>> = { string: ' characters', array: ' entries' };

/** What is wrong with a value, in words that a steward knows. For the `error` of a parse; a schema's own words win. */
export const issueWords: z.core.$ZodErrorMap = (issue) => {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined
        ? 'is missing'
        : `must be ${KINDS[issue.expected] ?? `of the type ${issue.expected}`}`;
    case 'too_big':
      return `must be ${issue.inclusive === false ? 'less than' : 'at most'} ${issue.maximum}${BY_ORIGIN[issue.origin] ?? ''}`;
    case 'too_small':
      if (issue.minimum === 1 && issue.origin in BY_ORIGIN) return 'must not be empty';
      return `must be ${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}${BY_ORIGIN[issue.origin] ?? ''}`;
    case 'invalid_value':
      return issue.values.length === 1
        ? `must be ${list(issue.values)}`
        : `must be one of ${list(issue.values)}`;
    case 'unrecognized_keys':
      return `${list(issue.keys)} ${issue.keys.length === 1 ? 'is' : 'are'} not known here`;
    case 'invalid_union':
      return 'is none of the forms it may have';
    case 'invalid_format':
      return 'is not written as it must be';
    case 'not_multiple_of':
      return `must be a multiple of ${issue.divisor}`;
    case 'invalid_key':
    case 'invalid_element':
      return 'holds something that is not allowed there';
    case 'custom':
      return 'is not allowed';
  }
};

/** `steps[2].parameters.sides` for a path of keys. */
function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((key, index) =>
      typeof key === 'number' ? `[${key}]` : index === 0 ? String(key) : `.${String(key)}`,
    )
    .join('');
}

/** Words with the full stop of a sentence, if it is not there. */
export const ended = (words: string): string => (/[.!?]$/.test(words) ? words : `${words}.`);

/**
 * Zod's issues, one line each, `place: what is wrong.`
 * @param root the place of the value itself, such as `parameters`
 */
export function issueLines({ issues }: Pick<z.ZodError, 'issues'>, root?: string): string[] {
  return issues.map(({ path, message }) => {
    const place = pathText(root === undefined ? path : [root, ...path]);
    return `${place === '' ? '' : `${place}: `}${ended(message)}`;
  });
}
