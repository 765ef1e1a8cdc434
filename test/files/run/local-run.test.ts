import { execFileSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type LocalRun, runLocally } from '../../../main/run/local-run';
import { runReportSchema } from '../../../shared/contract/calls/runs';
import { csvDialectSchema, type OutputFormat, usualDialect } from '../../../shared/document/dialect';
import { validateRuleSet } from '../../../shared/document/project';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'dataharmonize-test-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const at = (name: string) => path.join(folder, name);
const names = async () => (await readdir(folder)).sort();
const rules = (steps: unknown[], rest: object = {}) =>
  validateRuleSet({ format: 'dataharmonize/ruleset', version: 1, name: 'test', steps, ...rest }, 'test');
const dialect = csvDialectSchema.parse({ format: 'csv', lineBreaks: true });

async function run(
  input: string,
  ruleSet: ReturnType<typeof rules>,
  { format = 'csv', ...more }: Partial<LocalRun> & { format?: OutputFormat } = {},
) {
  await writeFile(at('in.csv'), input);
  return runLocally({
    ruleSet,
    input: at('in.csv'),
    dialect,
    output: { path: at(`out.${format}`), format },
    rejects: { path: at('rejects.csv'), format: 'csv' },
    report: at('report.json'),
    ...more,
  });
}

const steps = [
  { id: 's1', operation: 'trim', columns: ['name'] },
  {
    id: 's2',
    operation: 'filter',
    parameters: { action: 'drop', where: { all: [{ column: 'name', test: 'equals', value: 'test' }] } },
  },
  { id: 's3', operation: 'email', columns: ['mail'], parameters: { invalid: 'reject' } },
  { id: 's4', operation: 'phone', columns: ['phone'], parameters: { defaultRegion: 'US' } },
  { id: 's5', operation: 'deduplicate', parameters: { keys: ['mail'] } },
];
const INPUT = [
  'id,name,mail,phone',
  '1, Zoe ,Z@x.org,(212) 555-0147',
  '2,test,t@x.org,',
  '3,"Ann",no address,',
  '4,Ann,z@X.ORG,555',
  '5,"x"y,q@x.org,',
  '6,"",,""',
  '7,Bea,b@x.org,+44 20 7946 0018',
  '8,Bea,b@x.org,+44 20 7946 0018',
  '',
].join('\n');

const BROKEN = INPUT.indexOf('5,"x"y');

describe('a full run on this machine', () => {
  test('shows in the rejects what hides a column, whenever the row left; tables that travel with the rules are joined', async () => {
    const hiding = [
      {
        id: 's1',
        operation: 'map-values',
        columns: ['name'],
        parameters: { map: [{ from: 'ann', to: 'Anna' }], otherwise: 'reject' },
      },
      { id: 's2', operation: 'check', columns: ['mail'], parameters: { kind: 'unique' } },
      { id: 's3', operation: 'mask', columns: ['phone'], parameters: { keepLast: 2 } },
      { id: 's4', operation: 'redact', columns: ['mail'], parameters: { patterns: ['email'] } },
    ];
    const input =
      'name,mail,phone\nAnn,a@x.org,12345\nBob,b@x.org,12346\nann,c@x.org,12347\nANN,c@x.org,12348\n';
    await run(input, rules(hiding));
    expect(await readFile(at('out.csv'), 'utf8')).toBe('name,mail,phone\nAnna,[e-mail],***45\n');
    expect(await readFile(at('rejects.csv'), 'utf8')).toBe(
      [
        'name,mail,phone,_fate,_step,_column,_reason',
        'Bob,[e-mail],***46,rejected,s1,name,not one of the mapped values',
        'ann,[e-mail],***47,rejected,s2,mail,is not unique',
        'ANN,[e-mail],***48,rejected,s2,mail,is not unique',
        '',
      ].join('\n'),
    );
  });

  test('writes what is kept in the order of the source, the rest with reasons, and counts that add up', async () => {
    const report = await run(INPUT, rules(steps));
    expect(await names()).toEqual([
      'in.csv',
      'out.csv',
      'rejects.csv',
      'rejects.csv.unreadable.jsonl',
      'report.json',
    ]);
    expect(await readFile(at('out.csv'), 'utf8')).toBe(
      'id,name,mail,phone\n1,Zoe,z@x.org,+12125550147\n6,"",,""\n7,Bea,b@x.org,+442079460018\n',
    );
    expect(await readFile(at('rejects.csv'), 'utf8')).toBe(
      [
        'id,name,mail,phone,_fate,_step,_column,_reason',
        '2,test,t@x.org,,filtered,s2,,meets the conditions to drop',
        '3,Ann,no address,,rejected,s3,mail,not a valid e-mail address',
        '4,Ann,z@X.ORG,555,merged,s5,mail,duplicate of a kept row',
        '8,Bea,b@x.org,+44 20 7946 0018,merged,s5,mail,duplicate of a kept row',
        `,,,,rejected,,,"unreadable: a quote where none may be (record 5, line 6, byte ${BROKEN})"`,
        '',
      ].join('\n'),
    );
    expect(JSON.parse(await readFile(at('rejects.csv.unreadable.jsonl'), 'utf8'))).toEqual({
      record: 5,
      line: 6,
      offset: BROKEN,
      reason: 'a quote where none may be',
      text: '5,"x"y,q@x.org,',
    });
    expect(runReportSchema.parse(JSON.parse(await readFile(at('report.json'), 'utf8')))).toEqual(report);
    expect(report).toMatchObject({
      status: 'succeeded',
      engine: { kind: 'native', version: 'v1.5.6' },
      libraries: { 'libphonenumber-metadata': '9.0.40' },
      counts: { read: 8, kept: 3, filtered: 1, rejected: 2, merged: 2 },
      unreadable: 1,
      outputs: [
        { role: 'output', rows: 3 },
        { role: 'quarantine', rows: 5 },
      ],
    });
    const [trim, , email, phone] = report.counts?.steps ?? [];
    expect(trim?.changedByColumn).toEqual({ name: 1 });
    expect(email?.changedByColumn).toEqual({ mail: 2 });
    expect(phone?.changedByColumn).toEqual({ phone: 3 });
  });

  const tags = [
    { id: 's1', operation: 'check', columns: ['mail'], parameters: { kind: 'not-empty', onFail: 'flag' } },
    {
      id: 's2',
      operation: 'explode',
      columns: ['tags'],
      parameters: { separator: ';' },
      examples: [{ input: 'x;y', output: 'y' }],
    },
    { id: 's3', operation: 'check', columns: ['tags'], parameters: { kind: 'not-empty', onFail: 'reject' } },
  ];
  const TAGS = 'id,tags,mail\n1,red;green,a@x.org\n2,red;;blue,\n3,,c@x.org\n4,"a;b"c,\n';

  test('rows that are split stay in order, and read + added = kept + the rest', async () => {
    const expectations = [{ measure: 'kept', atLeast: 0.5, atMost: 0.6 }];
    const report = await run(TAGS, rules(tags, { expectations }));
    expect(report).toMatchObject({
      status: 'succeeded',
      counts: { read: 4, added: 3, kept: 4, filtered: 0, rejected: 3, merged: 0 },
      expectations: [{ share: 4 / 7, holds: true }],
    });
    expect(report.counts?.steps.map(({ added, changedCells }) => [added, changedCells])).toEqual([
      [0, 1],
      [3, 5],
      [0, 0],
    ]);
    expect(await readFile(at('out.csv'), 'utf8')).toBe(
      'id,tags,mail,failed checks\n1,red,a@x.org,\n1,green,a@x.org,\n2,red,,mail is empty\n2,blue,,mail is empty\n',
    );
    expect(await readFile(at('rejects.csv'), 'utf8')).toBe(
      [
        'id,tags,mail,_fate,_step,_column,_reason,_part',
        '2,red;;blue,,rejected,s3,tags,is empty,2',
        '3,,c@x.org,rejected,s3,tags,is empty,1',
        `,,,rejected,,,"unreadable: a quote where none may be (record 4, line 5, byte ${TAGS.indexOf('4,"a')})",`,
        '',
      ].join('\n'),
    );
  });

  test('parts keep their order behind a merge, and are told apart in rows split twice', async () => {
    const more = [
      ...tags,
      { id: 's4', operation: 'deduplicate', parameters: { keys: ['id', 'tags'] } },
      { id: 's5', operation: 'explode', columns: ['tags'], parameters: { separator: '/' } },
      { id: 's6', operation: 'deduplicate', parameters: { keys: ['tags'] } },
    ];
    await run('id,tags,mail\n1,c/a;b;c/a;d,\n2,e/a,\n', rules(more));
    expect((await readFile(at('out.csv'), 'utf8')).split('\n').map((line) => line.slice(0, 3))).toEqual([
      'id,',
      '1,c',
      '1,a',
      '1,b',
      '1,d',
      '2,e',
      '',
    ]);
    expect(await readFile(at('rejects.csv'), 'utf8')).toBe(
      [
        'id,tags,mail,_fate,_step,_column,_reason,_part',
        '1,c/a;b;c/a;d,,merged,s4,id,duplicate of a kept row,3.1',
        '2,e/a,,merged,s6,tags,duplicate of a kept row,1.2',
        '',
      ].join('\n'),
    );
  });

  test('the report holds no value of a cell', async () => {
    await run(INPUT, rules(steps));
    const report = await readFile(at('report.json'), 'utf8');
    for (const value of ['Zoe', 'Bea', 'x.org', 'no address', '7946']) expect(report).not.toContain(value);
  });

  test('JSON Lines hold null and empty text apart, in any spelling of names', async () => {
    await run('"a ""b""",A\n"",\n"é\n",\u0000\n', rules([]), { format: 'jsonl' });
    expect(await readFile(at('out.jsonl'), 'utf8')).toBe(
      '{"a \\"b\\"":"","A":null}\n{"a \\"b\\"":"é\\n","A":"\\u0000"}\n',
    );
  });

  test('names that differ only in case: CSV and JSON Lines keep them, Parquet is refused', async () => {
    await run('Mail,mail\n1,2\n', rules([]));
    expect(await readFile(at('out.csv'), 'utf8')).toBe('Mail,mail\n1,2\n');
    await run('Mail,mail\n1,2\n', rules([]), { format: 'jsonl' });
    expect(await readFile(at('out.jsonl'), 'utf8')).toBe('{"Mail":"1","mail":"2"}\n');
    await rm(at('out.csv'));
    await expect(run('Mail,mail\n1,2\n', rules([]), { format: 'parquet' })).rejects.toMatchObject({
      code: 'plan.names',
    });
    expect(await names()).not.toContain('out.parquet');
  });

  test.each<OutputFormat>(['csv', 'jsonl', 'parquet'])(
    'what was written as %s is read back equal',
    async (format) => {
      await run(INPUT, rules(steps), { format });
      const again = await runLocally({
        ruleSet: rules(steps.filter(({ operation }) => operation !== 'trim')),
        input: at(`out.${format}`),
        dialect: format === 'csv' ? dialect : usualDialect(format),
        output: { path: at('again.csv'), format: 'csv' },
      });
      expect(again.counts).toMatchObject({ read: 3, kept: 3 });
      expect(again.counts?.steps.map(({ changedCells }) => changedCells)).toEqual([0, 0, 0, 0]);
      expect(await readFile(at('again.csv'), 'utf8')).toBe(
        'id,name,mail,phone\n1,Zoe,z@x.org,+12125550147\n6,"",,""\n7,Bea,b@x.org,+442079460018\n',
      );
    },
  );

  test('a file of a header alone', async () => {
    const report = await run('id,name,mail,phone\n', rules(steps));
    expect(report.counts).toMatchObject({ read: 0, kept: 0 });
    expect(await readFile(at('out.csv'), 'utf8')).toBe('id,name,mail,phone\n');
  });

  test.each([
    [
      'run.stopped',
      rules([
        {
          id: 's1',
          operation: 'check',
          columns: ['mail'],
          parameters: { kind: 'email', onFail: 'stop', maxShare: 0.1 },
        },
      ]),
    ],
    ['run.expectation', rules(steps, { expectations: [{ measure: 'kept', atLeast: 0.9 }] })],
  ])('%s: only the report is written', async (code, ruleSet) => {
    const report = await run(INPUT, ruleSet);
    expect(report).toMatchObject({ status: 'failed', failure: { code }, outputs: [] });
    expect(await names()).toEqual(['in.csv', 'report.json']);
  });

  test('an older output stays when a run fails', async () => {
    await writeFile(at('out.csv'), 'older');
    await expect(run('a,a\n1,2\n', rules([]))).rejects.toMatchObject({ code: 'source.header' });
    expect(await names()).toEqual(['in.csv', 'out.csv']);
    expect(await readFile(at('out.csv'), 'utf8')).toBe('older');
  });

  test('a pipe is no input, and is not waited for', async () => {
    execFileSync('mkfifo', [at('pipe')]);
    await expect(run(INPUT, rules([]), { input: at('pipe') })).rejects.toMatchObject({
      code: 'local.not-a-file',
    });
  });

  test('the files of a run must be different ones, in folders that exist', async () => {
    const refused = { code: 'target.refused' };
    const same = { path: at('in.csv'), format: 'csv' } as const;
    await expect(run(INPUT, rules([]), { output: same })).rejects.toMatchObject(refused);
    await expect(
      run(INPUT, rules([]), { rejects: { path: at('out.csv'), format: 'csv' } }),
    ).rejects.toMatchObject(refused);
    const missing = { path: at('missing/out.csv'), format: 'csv' } as const;
    await expect(run(INPUT, rules([]), { output: missing })).rejects.toMatchObject(refused);
    await writeFile(at('out.csv'), 'older');
    await expect(run(INPUT, rules([]), { overwrite: false })).rejects.toMatchObject({
      code: 'target.exists',
    });
    expect(await readFile(at('in.csv'), 'utf8')).toBe(INPUT);
    expect(await names()).toEqual(['in.csv', 'out.csv']);
  });

  const many = `id,name,mail,phone\n${Array.from({ length: 60_000 }, (_, i) => `${i}, Name ${i} ,m${i}@x.org,"${i}"\n`).join('')}`;

  test('what memory cannot hold is spilled to disk', { timeout: 60_000 }, async () => {
    const rows = Array.from({ length: 100_000 }, (_, i) => `${i},${'n'.repeat(1000)} ${i},m${i}@x.org,\n`);
    const { counts } = await run(`id,name,mail,phone\n${rows.join('')}`, rules([steps[0], steps[2]]), {
      memoryBytes: 110_000_000,
    });
    expect(counts).toMatchObject({ read: 100_000, kept: 100_000 });
  });

  test.each([0, 10, 40, 80, 160])('cancelled after %i ms, it leaves nothing', async (wait) => {
    const controller = new AbortController();
    const running = run(many, rules(steps), { signal: controller.signal });
    const timer = setTimeout(() => controller.abort(), wait);
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
    clearTimeout(timer);
    expect(await names()).toEqual(['in.csv']);
  });

  test('a file that changes while it is read is a fault, and nothing is written', async () => {
    const changing = setInterval(() => void utimes(at('in.csv'), new Date(), new Date()).catch(() => {}), 5);
    try {
      await expect(run(many, rules(steps.slice(0, 3)))).rejects.toMatchObject({ code: 'source.changed' });
    } finally {
      clearInterval(changing);
    }
    expect(await names()).toEqual(['in.csv']);
  });
});
