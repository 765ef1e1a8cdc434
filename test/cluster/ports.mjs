import { createServer } from 'node:net';

// Below the range from which Linux takes the local ports of outgoing connections (32768 and up), so that
// nobody is handed one of ours between the look and the start.
const LOWEST = 15_000;
const HIGHEST = 32_000;

// Processes that look at the same time begin at different places.
const BLOCK = 100;
let next = LOWEST + ((process.pid * BLOCK) % (HIGHEST - LOWEST));

/**
 * Finds TCP ports that nothing listens on at 127.0.0.1; a process never gets the same one twice in a row.
 * @param {number} count
 * @returns {Promise<number[]>}
 */
export async function freePorts(count) {
  const ports = [];
  for (let looked = 0; ports.length < count; looked++) {
    if (looked > HIGHEST - LOWEST) throw new Error(`no ${count} free ports from ${LOWEST} to ${HIGHEST}`);
    const port = next;
    next = next + 1 < HIGHEST ? next + 1 : LOWEST;
    if (await isFree(port)) ports.push(port);
  }
  return ports;
}

/** @returns {Promise<boolean>} */
function isFree(port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
