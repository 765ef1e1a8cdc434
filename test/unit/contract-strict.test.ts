import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { contract } from '../../shared/contract/contract';

type JsonSchema = { [key: string]: unknown };

/** Places of objects in a schema that take keys nobody declared. */
function findLoose(schema: unknown, place: string): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const { type, properties, additionalProperties } = schema as JsonSchema;
  const isLoose = type === 'object' && properties !== undefined && additionalProperties !== false;
  const inner = Object.entries(schema).flatMap(([key, part]) => findLoose(part, `${place}.${key}`));
  return isLoose ? [place, ...inner] : inner;
}

describe.each(Object.entries(contract.calls))('%s', (_name, { input }) => {
  test('refuses unknown keys at every depth', () => {
    const schema = z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' });
    expect(findLoose(schema, '$')).toEqual([]);
  });
});

test('a loose object is found', () => {
  const loose = z.strictObject({ list: z.array(z.object({ a: z.string() })) });
  expect(findLoose(z.toJSONSchema(loose, { io: 'input' }), '$')).toEqual(['$.properties.list.items']);
});
