// Light lookups over all of Unicode, straight from the job's modules: no Spark is started.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect, test } from 'vitest';
import { findSpark } from '../../main/verify/spark-local';
import { parseRanges } from '../../shared/expression/characters';
import { ENTITIES } from '../../shared/lookup/html-table';
import { UNASSIGNED } from '../../shared/lookup/normalization-table';
import { NORMAL_FORMS, normalizeUnicode } from '../../shared/lookup/normalize-unicode';
import { parseEntities, unescapeHtml } from '../../shared/lookup/unescape-html';
import { texts } from './corpus';

const PACKAGE = path.join(import.meta.dirname, '../../main/publish/pyspark');
const SCRIPT = `
import importlib, json, sys
request = json.load(sys.stdin)
answer = importlib.import_module("dataharmonize." + request["module"]).answerer(request["options"])
json.dump([answer(text)[0] for text in request["texts"]], sys.stdout)
`;

/** Answers of a module of the job, in Spark's Python. */
function inPython(module: string, options: unknown, asked: readonly string[]): readonly string[] {
  const spark = findSpark();
  if (!spark) throw new Error('There is no Spark: type  npm run setup:spark');
  const { stdout, stderr, status } = spawnSync(spark.python, ['-c', SCRIPT], {
    env: { ...process.env, PYTHONPATH: PACKAGE, PYTHONIOENCODING: 'utf-8' },
    input: JSON.stringify({ module, options, texts: asked }),
    maxBuffer: 1 << 28,
    encoding: 'utf8',
  });
  expect(status, stderr).toBe(0);
  return JSON.parse(stdout) as string[];
}

function* everyPoint(): Generator<string> {
  for (let point = 1; point <= 0x10ffff; point++)
    if (point < 0xd800 || point > 0xdfff) yield String.fromCodePoint(point);
}

/** A generator of whole numbers below a bound; the same on every run. */
function dice(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const differing = (asked: readonly string[], ours: readonly string[], theirs: readonly string[]) =>
  asked
    .filter((_, i) => ours[i] !== theirs[i])
    .slice(0, 5)
    .map((text) => JSON.stringify(text).slice(0, 200));

test.each(NORMAL_FORMS)('%s of every code point, of sequences and of the corpus', (form) => {
  const points = [...everyPoint()];
  // Each code point by itself, and between those that compose and reorder, a thousand to a text.
  const thousands = Array.from({ length: Math.ceil(points.length / 1000) }, (_, i) =>
    points.slice(i * 1000, (i + 1) * 1000),
  );
  const alone = thousands.map((some) => some.join('\n'));
  const around = thousands.map((some) => some.map((one) => `e${one}\u0323\u0301${one}\u0307`).join('\n'));
  const roll = dice(7);
  const marked = points.filter((point) => /\p{M}/u.test(point) || point.normalize('NFD') !== point);
  const mixed = Array.from({ length: 30_000 }, () =>
    Array.from({ length: 6 }, () =>
      roll(3) === 0 ? points[roll(points.length)] : marked[roll(marked.length)],
    ).join(''),
  );
  const asked = [...alone, ...around, ...mixed, ...texts];
  const ours = asked.map((text) => normalizeUnicode(text, form));
  const theirs = inPython('normalize_unicode', { form }, asked);
  expect(differing(asked, ours, theirs)).toEqual([]);
  // It is the normal form where Unicode 12.1 knows all characters, and twice is once.
  const known = asked.filter((text) => !parts.test(text));
  expect(known.length).toBeGreaterThan(1000);
  for (const text of known) expect(normalizeUnicode(text, form)).toBe(text.normalize(form));
  expect(
    differing(
      ours,
      ours,
      ours.map((text) => normalizeUnicode(text, form)),
    ),
  ).toEqual([]);
});

const parts = new RegExp(
  `[${parseRanges(UNASSIGNED)
    .map(([first, last]) => `\\u{${first.toString(16)}}-\\u{${last.toString(16)}}`)
    .join('')}]`,
  'u',
);

test('the table of Unicode 12.1 leaves out what has been assigned since', () => {
  const ranges = parseRanges(UNASSIGNED);
  const points = ranges.reduce((sum, [first, last]) => sum + last - first + 1, 0);
  // 137,929 characters, 137,468 for private use, 65 controls and 2,048 surrogates are assigned.
  expect(points).toBe(0x110000 - 137_929 - 137_468 - 65 - 2048);
  for (const point of [0x32ff, 0x1fa95, 0x10ffff - 2])
    expect(parts.test(String.fromCodePoint(point))).toBe(false);
  for (const point of [0x8c7, 0x1fa96, 0x30000, 0x10ffff])
    expect(parts.test(String.fromCodePoint(point))).toBe(true);
});

test('the names of HTML are those of Python’s own table', () => {
  const script =
    'import html.entities, json; print(json.dumps({k[:-1]: v for k, v in html.entities.html5.items() if k[-1] == ";"}))';
  const { stdout } = spawnSync(findSpark()?.python ?? '', ['-c', script], { encoding: 'utf8' });
  expect(Object.fromEntries(parseEntities(ENTITIES))).toEqual(JSON.parse(stdout));
});

test('character references: every name, every number, and malformed ones', () => {
  const names = parseEntities(ENTITIES);
  expect(names.size).toBeGreaterThan(2000);
  const roll = dice(11);
  const alphabet = [
    '&',
    '#',
    'x',
    'X',
    ';',
    'a',
    'amp',
    'lt',
    '1',
    '0',
    '3',
    'F',
    ' ',
    '&amp;',
    '\u0000',
    '１',
    'é',
  ];
  const asked = [
    ...[...names.keys()].flatMap((name) => [
      `&${name};`,
      `a&${name}`,
      `&${name} ;`,
      `&amp;${name};`,
      `&${name}x;`,
    ]),
    ...Array.from(
      { length: 0x3000 },
      (_, n) => `&#${n};&#x${n.toString(16)};&#X${n.toString(16).toUpperCase()};`,
    ),
    ...[0xd7ff, 0xd800, 0xdfff, 0xe000, 0xfffe, 0xffff, 0x10000, 0x10ffff, 0x110000, 9_999_999].map(
      (n) => `&#${n};&#x${n.toString(16)};&#0000${n};`,
    ),
    ...Array.from({ length: 20_000 }, () =>
      Array.from({ length: 8 }, () => alphabet[roll(alphabet.length)]).join(''),
    ),
    ...texts,
  ];
  const ours = asked.map((text) => unescapeHtml(text, names));
  expect(differing(asked, ours, inPython('unescape_html', {}, asked))).toEqual([]);
});
