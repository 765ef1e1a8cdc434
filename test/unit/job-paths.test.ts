import { describe, expect, test } from 'vitest';
import { checkJobPaths } from '../../main/publish/paths';
import { Fault } from '../../shared/contract/errors';

const given = { input: '/data/in.csv', output: '/clean/out', quarantine: '/clean/out-left' };

test('paths without doubled or closing slashes; a name may begin like another', () => {
  expect(checkJobPaths({ ...given, output: '//clean//out/' })).toEqual(given);
});

describe('refused', () => {
  test.each([
    { output: 'clean/out' },
    { output: '/' },
    { output: '/clean/a:b' },
    { output: '/clean/../data' },
    { output: '/clean/out-left' },
    { output: '/clean/out-left/' },
    { output: '/data' },
    { output: '/data/in.csv/out' },
    { quarantine: '/clean/out/left' },
    { input: '/clean' },
    { input: '/clean/out' },
  ])('%j', (change) => {
    expect(() => checkJobPaths({ ...given, ...change })).toThrow(Fault);
    expect(() => checkJobPaths({ ...given, ...change })).toThrow(
      expect.objectContaining({ code: 'publish.paths' }),
    );
  });
});
