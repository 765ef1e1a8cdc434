import { open, readFile, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { Fault } from '../../shared/contract/errors';
import { writeFault } from '../connectors/local/faults';

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Whether the process that made a claim may still be there: of another machine's, nothing can be known. */
function mayLive(claim: string): boolean {
  const [pid = '', machine = hostname()] = claim.trim().split(' ');
  if (machine !== hostname()) return true;
  return Number(pid) > 0 && Number(pid) !== process.pid && isAlive(Number(pid));
}

/** Claims a project for this process; a claim left by one that has ended is taken over. Returns the release. */
export async function lockProject(file: string): Promise<() => Promise<void>> {
  const lock = `${file}.lock`;
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      const handle = await open(lock, 'wx', 0o600);
      await handle.writeFile(`${process.pid} ${hostname()}`);
      await handle.close();
      return () => rm(lock, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw writeFault(error, lock);
      if (mayLive(await readFile(lock, 'utf8').catch(() => ''))) break;
      await rm(lock, { force: true });
    }
  }
  throw new Fault({
    code: 'project.locked',
    message: `${file} is open in another window of DataHarmonize.`,
    place: { file },
    unaffected: 'The other window goes on.',
    advice: `Close it there first. If no window has it open, remove ${lock}.`,
  });
}
