import type { Readable } from 'node:stream';

const LINE_FEED = 10;

/** Calls back with each line that a line feed ends, and nothing else: Node's readline also breaks at U+2028. */
export function eachLine(stream: Readable, onLine: (line: string) => void): void {
  let begun: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => {
    let from = 0;
    for (let at = chunk.indexOf(LINE_FEED); at >= 0; at = chunk.indexOf(LINE_FEED, from)) {
      const line = Buffer.concat([...begun, chunk.subarray(from, at)]).toString();
      begun = [];
      from = at + 1;
      onLine(line);
    }
    if (from < chunk.length) begun.push(chunk.subarray(from));
  });
}
