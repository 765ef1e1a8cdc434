// Matching duplicates among 100,000 customers: pairs a second, precision and recall on the generator's known truth.
import { load } from './load.mjs';
import { record } from './record.mjs';

const CUSTOMERS = Number(process.argv[2] ?? 100_000);
const SEED = 42;
const COLUMNS = ['full name', 'birth date', 'postal code', 'phone', 'city'];
const RULES = {
  block: [
    { columns: ['full name'], by: 'fingerprint' },
    { columns: ['birth date', 'postal code'], by: 'fingerprint' },
    { columns: ['full name', 'city'], by: 'soundex' },
  ],
  compare: [
    { column: 'full name', close: 880 },
    { column: 'birth date', by: 'normalized' },
    { column: 'postal code', by: 'normalized' },
    { column: 'phone', by: 'jaro-winkler', close: 850 },
    { column: 'city', close: 880 },
  ],
};

const bench = await load('test/bench/host/matching.ts');
const rows = bench.sampleCustomers(SEED, CUSTOMERS, COLUMNS);
const texts = [...new Set(rows.map((one) => one.text))];
const untaught = bench.optionsOf(RULES);

const timed = (work) => {
  const since = performance.now();
  const cpu = process.cpuUsage();
  const found = work();
  const { user, system } = process.cpuUsage(cpu);
  return { found, seconds: (performance.now() - since) / 1000, cpu: (user + system) / 1e6 };
};
const learning = timed(() =>
  bench.learnPoints(
    texts.map((text) => bench.readRecord(text, untaught)),
    untaught,
  ),
);
const learned = learning.found;
const taught = {
  ...untaught,
  threshold: learned.threshold,
  compare: untaught.compare.map((one, i) => ({ ...one, ...learned.compare[i] })),
};
const { pairs } = bench.comparePairs(texts, untaught, Number.POSITIVE_INFINITY);
// Blocks with many different records, so that comparing is what takes time.
const wide = bench.optionsOf({ ...RULES, block: [{ columns: ['full name'], by: 'beginning' }] });
const compared = bench.comparePairs(texts, { ...wide, largest: 1_000_000 }, 2_000_000);
const results = [];
for (const [points, options] of [
  ['set by hand', untaught],
  ['learned without labels', taught],
]) {
  const { found, seconds, cpu } = timed(() => bench.matchRecords(texts, options));
  const groups = new Map(texts.map((text, i) => [text, found[i].group]));
  results.push({
    points,
    threshold: options.threshold,
    seconds: Number(seconds.toFixed(2)),
    'CPU seconds': Number(cpu.toFixed(2)),
    ...judged(groups),
  });
}

record('bench', 'matching', {
  title: 'Matching duplicates',
  conditions: {
    customers: rows.length,
    'different records': texts.length,
    'pairs compared': pairs,
    blocks: RULES.block.map(({ columns, by }) => `${columns.join(' and ')} (${by})`).join('; '),
    compared: COLUMNS.join(', '),
    'learning, seconds': Number(learning.seconds.toFixed(2)),
  },
  rows: results,
  findings: {
    'pairs a second on one core, five columns, once records are read': Math.round(
      compared.pairs / compared.seconds,
    ),
    ...Object.fromEntries(
      learned.compare.map((one, i) => [
        `points learned for ${COLUMNS[i]}`,
        `agree ${one.agree}, near ${one.near}, differ ${one.differ}`,
      ]),
    ),
  },
  notes: [
    'The truth: two rows are one customer when they have the same e-mail address, which is not compared. Rows ' +
      'without a usable address are matched but not judged. Cells are as the sample has them, not cleaned before.',
  ],
});

/** Pairs of rows that share a group against pairs of rows that are one customer. */
function judged(groups) {
  const known = rows.filter((one) => one.person !== null);
  const count = (keys) => {
    const sizes = new Map();
    for (const key of keys) if (key !== null) sizes.set(key, (sizes.get(key) ?? 0) + 1);
    return [...sizes.values()].reduce((sum, n) => sum + (n * (n - 1)) / 2, 0);
  };
  const actual = count(known.map((one) => one.person));
  const claimed = count(known.map((one) => groups.get(one.text)));
  const both = count(
    known.map((one) => {
      const group = groups.get(one.text);
      return group === null ? null : `${group} ${one.person}`;
    }),
  );
  return {
    'pairs of one customer': actual,
    'pairs found': claimed,
    'precision, %': Number(((both / claimed) * 100).toFixed(2)),
    'recall, %': Number(((both / actual) * 100).toFixed(2)),
  };
}
