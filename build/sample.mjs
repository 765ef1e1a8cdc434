// `npm run sample -- --out DIR [--seed N] [--customers N] [--transactions N] [--events N] [--counts-only]`: writes
// the sample shop; with --counts-only without truth.jsonl, which names each dirty cell.
import path from 'node:path';
import { parseArgs } from 'node:util';
import { load } from './load.mjs';

const USAGE =
  'npm run sample -- --out DIR [--seed N] [--customers N] [--transactions N] [--events N] [--counts-only]';
const NUMBERS = ['seed', 'customers', 'transactions', 'events'];

try {
  const { out, ...options } = readArguments();
  const { generateSample } = await load('main/sample/generate.ts');
  const since = performance.now();
  const truth = await generateSample({ folder: path.resolve(out), ...options, signal: untilStopped() });
  for (const { file, rows, bytes } of truth.tables)
    console.log(`${file}: ${rows.toLocaleString('en')} rows, ${(bytes / 1e6).toFixed(1)} MB`);
  console.log(`seed ${truth.seed}, ${((performance.now() - since) / 1000).toFixed(1)} s`);
} catch (error) {
  console.error(error.message);
  process.exitCode = error.code === 'usage' || error.code === 'sample.options' ? 2 : 1;
}

function usageError(message) {
  return Object.assign(new Error(`${message}\nUsage: ${USAGE}`), { code: 'usage' });
}

function readArguments() {
  const options = { out: { type: 'string' }, 'counts-only': { type: 'boolean' } };
  for (const name of NUMBERS) options[name] = { type: 'string' };
  let values;
  try {
    ({ values } = parseArgs({ options }));
  } catch (error) {
    throw usageError(error.message);
  }
  if (!values.out) throw usageError('--out is missing: the folder to write to.');
  const numbers = NUMBERS.filter((name) => values[name] !== undefined).map((name) => {
    if (!/^[0-9]{1,15}$/.test(values[name])) throw usageError(`--${name} takes a whole number.`);
    return [name, Number(values[name])];
  });
  return { out: values.out, cells: !values['counts-only'], ...Object.fromEntries(numbers) };
}

function untilStopped() {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'])
    process.once(signal, () => stop.abort(new Error(`Stopped by ${signal}; nothing was written.`)));
  return stop.signal;
}
