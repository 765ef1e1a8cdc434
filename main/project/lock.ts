import { open, readFile, rm } from 'node:fs/promises';
import { Fault } from '../../shared/contract/errors';

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Claims a project for this process; a claim left by one that has ended is taken over. Returns the release. */
export async function lockProject(file: string): Promise<() => Promise<void>> {
  const lock = `${file}.lock`;
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      const handle = await open(lock, 'wx', 0o600);
      await handle.writeFile(String(process.pid));
      await handle.close();
      return () => rm(lock, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const owner = Number(await readFile(lock, 'utf8').catch(() => ''));
      if (owner > 0 && owner !== process.pid && isAlive(owner)) break;
      await rm(lock, { force: true });
    }
  }
  throw new Fault({
    code: 'project.locked',
    message: `${file} is open in another window of DataHarmonize.`,
    place: { file },
    unaffected: 'The other window goes on.',
    advice: 'Close it there first, or open another project.',
  });
}
