import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism, loadavg, totalmem } from 'node:os';
import path from 'node:path';

const require = createRequire(import.meta.url);
const root = path.resolve(import.meta.dirname, '../..');

/** @typedef {Record<string, string | number | null>} Row column by column, the same columns in every row */
/**
 * @typedef {object} Result
 * @property {string} title
 * @property {Row[]} rows
 * @property {Record<string, string | number>} [conditions] what the figures depend on: sizes, rounds, versions
 * @property {Record<string, string | number | boolean>} [findings] figures drawn from the rows, such as ratios
 * @property {string[]} [notes]
 */

/** Version of an installed npm package. */
export const versionOf = (name) => require(path.join(root, 'node_modules', name, 'package.json')).version;

/**
 * Writes a dated result as JSON and as a Markdown table, and shows the table.
 * @param {'bench' | 'soak'} kind
 * @param {string} name
 * @param {Result} result
 */
export function record(kind, name, result) {
  const folder = path.join(root, 'test', kind, 'results');
  mkdirSync(folder, { recursive: true });
  const date = new Date().toISOString().slice(0, 10);
  const written = { kind, name, date, commit: commit(), machine: machine(), ...result };
  const markdown = toMarkdown(written);
  const file = path.join(folder, `${date}-${name}`);
  writeFileSync(`${file}.json`, `${JSON.stringify(written, null, 2)}\n`);
  writeFileSync(`${file}.md`, markdown);
  console.log(`\n${markdown}`);
}

const machine = () => ({
  cores: availableParallelism(),
  memoryGB: Math.round(totalmem() / 2 ** 30),
  node: process.versions.node,
  // Above the number of cores others were at work too, and elapsed times are long.
  loadAtEnd: Number((loadavg()[0] ?? 0).toFixed(1)),
});

function commit() {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root }).toString().trim();
  } catch {
    return 'unknown';
  }
}

function toMarkdown({
  title,
  date,
  commit: at,
  machine: on,
  conditions = {},
  rows,
  findings = {},
  notes = [],
}) {
  const columns = Object.keys(rows[0] ?? {});
  const line = (cells) => `| ${cells.join(' | ')} |`;
  const pairs = (values) => Object.entries(values).map(([key, value]) => `- ${key}: ${shown(value)}`);
  return [
    `# ${title}`,
    '',
    `${date}, commit ${at}; ${on.cores} cores, ${on.memoryGB} GB, Node ${on.node}, load at the end ${on.loadAtEnd}.`,
    '',
    ...pairs(conditions),
    '',
    line(columns),
    line(columns.map((_, i) => (i === 0 ? '---' : '--:'))),
    ...rows.map((row) => line(columns.map((column) => shown(row[column])))),
    '',
    ...pairs(findings),
    '',
    ...notes.map((note) => `${note}\n`),
  ]
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .replace(/\n*$/, '\n');
}

const shown = (value) =>
  typeof value === 'number' ? value.toLocaleString('en', { maximumFractionDigits: 2 }) : String(value ?? '–');
