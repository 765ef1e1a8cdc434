import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commands, runCli } from '../../../main/cli/cli';

let folder: string;
const at = (name: string) => path.join(folder, name);

async function cli(...argv: string[]) {
  let [stdout, stderr] = ['', ''];
  const code = await runCli(argv, {
    stdout: (text) => {
      stdout += text;
    },
    stderr: (text) => {
      stderr += text;
    },
    isTerminal: false,
    signal: new AbortController().signal,
  });
  return { code, stdout, stderr, lines: stderr.split('\n').slice(0, -1) };
}

const ruleSet = (steps: unknown[], more: object = {}) =>
  JSON.stringify({ format: 'dataharmonize/ruleset', version: 1, name: 'test', steps, ...more });
const trim = {
  id: 's1',
  operation: 'trim',
  columns: ['name'],
  examples: [{ input: ' Ann ', output: 'Ann' }],
};

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'dataharmonize-test-'));
  const files: Record<string, string> = {
    'rules.json': ruleSet([
      trim,
      { id: 's2', operation: 'check', columns: ['mail'], parameters: { kind: 'email' } },
    ]),
    'in.csv': 'name,mail\n Ann ,a@x.org\nBob,b\n',
    'broken.json': '{"format": "dataharmonize/ruleset",\n  "version": 1,,}',
    'newer.json': JSON.stringify({ format: 'dataharmonize/ruleset', version: 9, name: 'x', steps: [] }),
    'other.json': '{"format":"something"}',
    'list.json': '[]',
    'unknown-key.json': ruleSet([], { color: 'red' }),
    'operation.json': ruleSet([{ id: 's1', operation: 'tirm', columns: ['name'] }]),
    'parameter.json': ruleSet([{ id: 's1', operation: 'trim', columns: ['name'], parameters: { sidez: 1 } }]),
    'value.json': ruleSet([{ id: 's1', operation: 'trim', columns: ['name'], parameters: { sides: 'bth' } }]),
    'no-id.json': ruleSet([{ operation: 'trim', columns: ['name'] }]),
    'two-faults.json': ruleSet([
      { id: 's1', operation: 'trim', columns: ['name'], parameters: { sides: 'left' } },
      { id: 's2', operation: 'email', columns: ['mail', 'mail'] },
    ]),
    'column.json': ruleSet([{ id: 's1', operation: 'trim', columns: ['nmae'] }]),
    'example.json': ruleSet([{ ...trim, examples: [{ input: ' Ann ', output: 'ann' }] }]),
    'group-example.json': ruleSet([
      {
        id: 's1',
        operation: 'deduplicate',
        parameters: { keys: ['name'] },
        examples: [{ input: 'a', output: 'a' }],
      },
    ]),
    'suggest.csv': `mail\n${Array.from({ length: 12 }, (_, i) => (i === 5 ? 'no@' : i < 4 ? `A${i}@X.org` : `a${i}@x.org`)).join('\n')}\n`,
    'stop.json': ruleSet([
      { id: 's1', operation: 'check', columns: ['mail'], parameters: { kind: 'email', onFail: 'stop' } },
    ]),
    'empty.csv': '',
    'twice.csv': 'name,name\n1,2\n',
    'corrupt.parquet': 'PAR1 this is not Parquet',
  };
  for (const [name, text] of Object.entries(files)) await writeFile(at(name), text);
  await writeFile(at('latin1.json'), Buffer.from(ruleSet([], { name: 'José' }), 'latin1'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('suggest tells steps with their evidence, those that mend most first', async () => {
  const { code, stdout } = await cli('suggest', '--input', at('suggest.csv'), '--json');
  const { rows, suggestions } = JSON.parse(stdout);
  expect([code, rows]).toEqual([0, 12]);
  expect(suggestions[0]).toMatchObject({ operation: 'email', columns: ['mail'], fixed: 4, failed: 1 });
  expect(suggestions[0].evidence).toContain(
    '5 of 12 mail cells are not plain lower-case addresses; 4 would be',
  );
  const text = await cli('suggest', '--input', at('suggest.csv'));
  expect(text.stdout.split('\n')[0]).toBe('Normalise e-mail in mail');
});

test('a run whose step does not keep a pinned example fails before it writes', async () => {
  const { code, stderr } = await cli(
    'run',
    at('example.json'),
    '--input',
    at('in.csv'),
    '--output',
    at('never.csv'),
  );
  expect([code, stderr]).toEqual([1, expect.stringMatching(/step 1 \(trim\), example 1/)]);
  expect(await readdir(folder)).not.toContain('never.csv');
});

describe('the command line', () => {
  test('run cleans a file and says what it did', async () => {
    const { code, stdout, stderr } = await cli(
      ...['run', at('rules.json'), '--input', at('in.csv'), '--output', at('out.csv')],
      ...['--rejects', at('rejects.jsonl'), `--report=${at('report.json')}`],
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('2 rows read: 1 kept, 0 filtered, 1 rejected, 0 merged');
    expect(await readFile(at('out.csv'), 'utf8')).toBe('name,mail\nAnn,a@x.org\n');
    expect(JSON.parse(await readFile(at('rejects.jsonl'), 'utf8'))).toMatchObject({
      name: 'Bob',
      _step: 's2',
    });
    expect(JSON.parse(await readFile(at('report.json'), 'utf8'))).toMatchObject({ status: 'succeeded' });
  });

  test('--json prints one object on stdout, whatever happens', async () => {
    const done = await cli(
      'run',
      at('rules.json'),
      '--input',
      at('in.csv'),
      '--output',
      at('o.csv'),
      '--json',
    );
    expect(JSON.parse(done.stdout)).toMatchObject({ status: 'succeeded', counts: { read: 2, kept: 1 } });
    const stopped = await cli(
      'run',
      at('stop.json'),
      '--input',
      at('in.csv'),
      '--output',
      at('s.csv'),
      '--json',
    );
    expect(stopped.code).toBe(1);
    expect(JSON.parse(stopped.stdout)).toMatchObject({ status: 'failed', failure: { code: 'run.stopped' } });
    const wrong = await cli(
      'run',
      at('operation.json'),
      '--input',
      at('in.csv'),
      '--output',
      at('w.csv'),
      '--json',
    );
    expect(wrong.code).toBe(2);
    expect(JSON.parse(wrong.stdout)).toMatchObject({ error: { code: 'plan.invalid' } });
    expect((await readdir(folder)).filter((name) => ['s.csv', 'w.csv'].includes(name))).toEqual([]);
  });

  const run = (rules: string, input = 'in.csv') => ['run', rules, '--input', input, '--output', 'never.csv'];

  test.each<[string, string[], RegExp[]]>([
    ['no command', [], [/a command is missing/]],
    ['an unknown command', ['rnu'], [/no command “rnu”; did you mean “run”\?/]],
    ['a command like none', ['frobnicate'], [/the commands are “run”, “preview”/]],
    ['what the window does', ['publish', 'rules.json'], [/no “publish”: .* in the window under Publish/]],
    ['an unknown option', [...run('rules.json'), '--fast'], [/no option --fast/]],
    ['a short option', [...run('rules.json'), '-x'], [/no option -x/]],
    ['an option twice', [...run('rules.json'), '--input', 'in.csv'], [/--input is given twice/]],
    ['an option without its value', ['run', 'rules.json', '--input'], [/--input needs a value/]],
    ['a missing option', ['run', 'rules.json', '--input', 'in.csv'], [/--output is missing/]],
    ['a missing argument', ['run', '--input', 'in.csv', '--output', 'never.csv'], [/RULES.json is missing/]],
    ['an argument too many', [...run('rules.json'), 'more'], [/“more” is one argument too many/]],
    ['a flag with a value', [...run('rules.json'), '--json=yes'], [/--json takes no value/]],
    [
      'an unknown format',
      [...run('rules.json'), '--input-format', 'xlsx'],
      [/--input-format must be one of csv, jsonl, json, parquet/],
    ],
    ['an extension that says nothing', run('rules.json', 'in.data'), [/in\.data says no format/]],
    ['no rules file', run('missing.json'), [/missing\.json/]],
    ['a folder for rules', run('.'), [/not a file/]],
    ['broken JSON', run('broken.json'), [/broken\.json:2:16: .*not valid JSON/]],
    ['rules that are not UTF-8', run('latin1.json'), [/latin1\.json: .*not valid UTF-8/]],
    ['a newer document', run('newer.json'), [/newer\.json: .*version 9.*up to version 1/]],
    ['another document', run('other.json'), [/other\.json: .*not a rule set/]],
    ['a list', run('list.json'), [/list\.json: .*not a rule set/]],
    ['an unknown key', run('unknown-key.json'), [/unknown-key\.json: .*color/]],
    [
      'an unknown operation',
      run('operation.json'),
      [/^operation\.json: step 1 \(tirm\): there is no operation “tirm”; did you mean “trim”/],
    ],
    [
      'an unknown parameter',
      run('parameter.json'),
      [/^parameter\.json: step 1 \(trim\): there is no parameter “sidez”; did you mean “sides”\?/],
    ],
    [
      'a wrong value of a parameter',
      run('value.json'),
      [/^value\.json: step 1 \(trim\): parameters\.sides: must be one of “both”, “start”, “end”\. /],
    ],
    [
      'two faults',
      run('two-faults.json'),
      [
        /^two-faults\.json: step 1 \(trim\): parameters\.sides/,
        /^two-faults\.json: step 2 \(email\): .*“mail” is named twice/,
      ],
    ],
    [
      'an unknown column',
      run('column.json'),
      [/^column\.json: step 1 \(trim\): there is no column “nmae” here; did you mean “name”\?/],
    ],
    ...['preview', 'verify'].map((command): [string, string[], RegExp[]] => [
      `${command}: an unknown column`,
      [command, 'column.json', '--input', 'in.csv'],
      [/^column\.json: step 1 \(trim\): there is no column “nmae”/],
    ]),
    [
      'compile: an unknown operation',
      ['compile', 'operation.json', '--target', 'duckdb'],
      [/^operation\.json: step 1 \(tirm\)/],
    ],
    [
      'an output that is the input',
      ['run', 'rules.json', '--input', 'in.csv', '--output', 'in.csv'],
      [/^in\.csv: it is named twice/],
    ],
    ['a step without an id', run('no-id.json'), [/^no-id\.json: steps\[0\]\.id: is missing\. /]],
    ['no input', run('rules.json', 'missing.csv'), [/missing\.csv/]],
    ['an empty input', run('rules.json', 'empty.csv'), [/empty\.csv is empty/]],
    [
      'a header with a name twice',
      run('rules.json', 'twice.csv'),
      [/twice\.csv: .*“name” 2 times, for columns 1, 2/],
    ],
    [
      'a corrupt Parquet file',
      run('rules.json', 'corrupt.parquet'),
      [/corrupt\.parquet is not a Parquet file/],
    ],
    [
      'check: a broken example',
      ['check', 'example.json'],
      [/example\.json: step 1 \(trim\): pinned example 1 of “name” must give "ann", but it is "Ann"/],
    ],
    [
      'check: an example on a step that looks at many rows',
      ['check', 'group-example.json'],
      [/step 1 \(deduplicate\): it looks at more than one row, so no pinned example/],
    ],
    [
      'check: an unknown column',
      ['check', 'column.json', '--input', 'in.csv'],
      [/column\.json: step 1 \(trim\): there is no column “nmae” here; did you mean “name”\?/],
    ],
    [
      'preview: rows',
      ['preview', 'rules.json', '--input', 'in.csv', '--rows', '0'],
      [/--rows must be a whole number from 1/],
    ],
    [
      'verify: engines',
      ['verify', 'rules.json', '--input', 'in.csv', '--engines', 'native,duck'],
      [/--engines must be one of wasm, native, spark/],
    ],
    [
      'verify: one engine',
      ['verify', 'rules.json', '--input', 'in.csv', '--engines', 'native'],
      [/two engines or more/],
    ],
    [
      'compile: target',
      ['compile', 'rules.json', '--target', 'cobol'],
      [/--target must be one of duckdb, spark, pyspark/],
    ],
    ['operations: unknown', ['operations', 'tirm'], [/no operation “tirm”/]],
  ])('%s: exit code 2 and one line a fault', async (_, argv, expected) => {
    const before = process.cwd();
    process.chdir(folder);
    try {
      const { code, stdout, lines } = await cli(...argv);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(lines).toHaveLength(expected.length);
      for (const [i, words] of expected.entries()) expect(lines[i]).toMatch(words);
      expect(await readdir(folder)).not.toContain('never.csv');
    } finally {
      process.chdir(before);
    }
  });

  test('check passes a rule set that is right', async () => {
    const { code, stdout } = await cli('check', at('rules.json'), '--input', at('in.csv'), '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ ok: true, steps: 2, examples: 1 });
  });

  test.each(['native', 'wasm'])('preview on %s counts as run does', async (engine) => {
    const { code, stdout } = await cli(
      ...['preview', at('rules.json'), '--input', at('in.csv'), '--engine', engine, '--json'],
    );
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      engine,
      counts: { read: 2, kept: 1, rejected: 1 },
      changes: [{ row: 1, column: 'name', before: ' Ann ', after: 'Ann' }],
    });
  });

  test('verify finds that engines agree', async () => {
    const { code, stdout } = await cli(
      ...['verify', at('rules.json'), '--input', at('in.csv'), '--engines', 'wasm,native', '--json'],
    );
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ equal: true, differing: 0 });
  });

  test('verify takes a folder: all of it, or its first rows', async () => {
    for (const year of [2023, 2024]) {
      await mkdir(at(`set/year=${year}`), { recursive: true });
      await writeFile(at(`set/year=${year}/a.csv`), `name,mail\n Ann ${year},a@x.org\nBob,b\nbroken\n`);
    }
    const command = ['verify', at('rules.json'), '--input', at('set'), '--input-format', 'csv'];
    const more = ['--engines', 'wasm,native', '--json'];
    for (const [rows, read] of [
      [[], 4],
      [['--rows', '3'], 3],
    ] as const) {
      const { code, stdout, stderr } = await cli(...command, ...more, ...rows);
      expect([code, stderr]).toEqual([0, '']);
      const { equal, engines } = JSON.parse(stdout);
      expect(equal).toBe(true);
      // Records that can't be read count as read where all of them are.
      expect(engines.map((one: { rows: number }) => one.rows)).toEqual(
        [read, read].map((one) => one + (rows.length === 0 ? 2 : 0)),
      );
    }
  });

  test.each([
    ['duckdb', 'regexp_replace'],
    ['spark', 'trim(BOTH'],
    ['pyspark', 'trim(BOTH'],
  ])('compile --target %s', async (target, trimmed) => {
    const { code, stdout } = await cli('compile', at('rules.json'), '--target', target);
    expect(code).toBe(0);
    expect(stdout).toContain(trimmed);
  });

  test('operations, profile and help answer', async () => {
    expect((await cli('operations')).stdout).toContain('trim');
    expect(JSON.parse((await cli('operations', 'phone', '--json')).stdout)).toMatchObject({
      id: 'phone',
      capabilities: { engines: ['wasm', 'native', 'spark'], streams: true },
    });
    expect((await cli('operations', 'phone')).stdout).toContain('Runs on the preview (duckdb-wasm)');
    const profile = await cli('profile', '--input', at('in.csv'), '--json');
    expect(JSON.parse(profile.stdout)).toMatchObject({
      rows: 2,
      columns: [{ column: 'name' }, { column: 'mail' }],
    });
    const { code, stdout } = await cli('--help');
    expect(code).toBe(0);
    for (const [name, load] of Object.entries(commands)) {
      expect((await load()).name).toBe(name);
      expect(stdout).toContain(`  ${name} `);
    }
    expect((await cli('run', '--help')).stdout).toContain('--input F');
  });
});
