// A source opened in the window: what a click on it takes.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { scratch } from './sample.mjs';
import { clickToPaint, openWindow } from './window.mjs';

const CSV = { format: 'csv', delimiter: ',', header: true, lineBreaks: false, encoding: 'utf-8' };

/**
 * Opens a project of a source of one row and of another one, and clicks on that: seconds until its first rows are
 * painted, and the most that host and renderer took, in MB. `cell` is a part of a cell of its first rows.
 * @param {{ connection: { id: string }, source: object, cell: string }} options
 */
export async function measureInWindow({ connection, source, cell }) {
  const home = path.join(scratch, 'window');
  rmSync(home, { recursive: true, force: true });
  mkdirSync(home, { recursive: true });
  const write = (name, content) => {
    const file = path.join(home, name);
    writeFileSync(file, content);
    return file;
  };
  const small = write('small.csv', 'only\none cell\n');
  const connections = { format: 'dataharmonize/connections', version: 2, connections: [connection] };
  write('connections.json', JSON.stringify(connections));
  const sources = [
    { id: 'small', name: 'small', connection: 'local', path: small, dialect: CSV },
    { id: 'large', name: 'large', connection: connection.id, dialect: CSV, ...source },
  ].map((one) => ({ role: 'other', ...one }));
  const empty = { format: 'dataharmonize/project', version: 1, name: 'window', ruleSets: {} };
  const project = write('window.dhz', JSON.stringify({ ...empty, sources }));
  const { page, address, memory, host, close } = await openWindow({ project, home });
  try {
    await page.goto(address);
    await page.getByRole('gridcell', { name: 'one cell' }).waitFor({ timeout: 60_000 });
    const took = await page.evaluate(clickToPaint, { source: 'large', cell });
    await page.waitForTimeout(3000);
    const { peak } = await memory();
    console.log('in the window', Math.round(took), 'ms');
    return { 'window, s': took / 1000, 'host, MB': host().peak, 'renderer, MB': peak };
  } finally {
    await close();
  }
}
