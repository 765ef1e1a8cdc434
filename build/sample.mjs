// `npm run sample -- --out DIR [--seed N] [--customers N] [--transactions N] [--events N] [--counts-only]`: writes
// the sample shop; with --counts-only without truth.jsonl, which names each dirty cell.
import path from 'node:path';
import { readArguments, refuse } from './arguments.mjs';
import { load } from './load.mjs';

const USAGE =
  'npm run sample -- --out DIR [--seed N] [--customers N] [--transactions N] [--events N] [--counts-only]';
const NUMBERS = ['seed', 'customers', 'transactions', 'events'];

try {
  const { out, ...options } = optionsGiven();
  const { generateSample } = await load('main/sample/generate.ts');
  const since = performance.now();
  const truth = await generateSample({ folder: path.resolve(out), ...options, signal: untilStopped() });
  for (const { file, rows, bytes } of truth.tables)
    console.log(`${file}: ${rows.toLocaleString('en')} rows, ${(bytes / 1e6).toFixed(1)} MB`);
  console.log(`seed ${truth.seed}, ${((performance.now() - since) / 1000).toFixed(1)} s`);
} catch (error) {
  console.error(error.message);
  process.exitCode = error.code === 'sample.options' ? 2 : 1;
}

function optionsGiven() {
  const options = { out: { type: 'string' }, 'counts-only': { type: 'boolean' } };
  for (const name of NUMBERS) options[name] = { type: 'string' };
  const { values } = readArguments(USAGE, { options });
  if (!values.out) refuse('--out is missing: the folder to write to', USAGE);
  const numbers = NUMBERS.filter((name) => values[name] !== undefined).map((name) => {
    if (!/^[0-9]{1,15}$/.test(values[name])) refuse(`--${name} takes a whole number`, USAGE);
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
