import { createServer } from 'node:net';

// Below the range from which Linux takes the local ports of outgoing connections (32768 and up), so that
// nobody is handed one of ours between the look and the start.
const LOWEST = 15_000;
const HIGHEST = 32_000;

const handedOut = new Set();

/**
 * Finds TCP ports that nothing listens on at 127.0.0.1; a process never gets the same one twice.
 * @param {number} count
 * @returns {Promise<number[]>}
 */
export async function freePorts(count) {
  const ports = [];
  for (let attempt = 0; ports.length < count; attempt++) {
    if (attempt > 1_000) throw new Error(`no ${count} free ports between ${LOWEST} and ${HIGHEST}`);
    const port = LOWEST + Math.floor(Math.random() * (HIGHEST - LOWEST));
    if (handedOut.has(port) || !(await isFree(port))) continue;
    handedOut.add(port);
    ports.push(port);
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
