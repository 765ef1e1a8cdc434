import { Fault } from '../../shared/contract/errors';
import type { Connector, Entry } from '../../shared/ports/connector';

/** The file at a path; a Fault where there is none. */
export async function existing(connector: Connector, path: string): Promise<Entry> {
  const entry = await connector.stat(path);
  if (entry?.kind === 'file') return entry;
  throw new Fault({
    code: 'source.missing',
    message: entry ? `${path} is a folder, not a file.` : `${path}: there is no such file.`,
    place: { path },
    unaffected: 'The project is as it was.',
    advice: 'Choose a file.',
  });
}

/** Throws a Fault when a file was replaced while it was read. */
export async function assertSame(connector: Connector, path: string, before: Entry): Promise<void> {
  const now = await connector.stat(path);
  if (now?.size === before.size && now.modified === before.modified) return;
  throw new Fault({
    code: 'source.changed',
    message: `${path} changed while it was read.`,
    place: { path },
    unaffected: 'The rules are as they were.',
    advice: 'Draw the sample again when whoever writes the file has finished.',
  });
}
