import { Fault, isFault } from '../../../shared/contract/errors';
import type { ByteRange } from '../../../shared/ports/connector';
import type { HttpAnswer } from '../../http/exchange';
import type { HdfsEntry } from './answers';
import { brokenExchange, NOTHING_CHANGED, remoteFault, strangeAnswer } from './faults';
import { type Call, type NameNode, refuse } from './namenode';

/** As a connector's `ByteRange`. */
export type Range = Omit<ByteRange, 'signal'> & { signal?: AbortSignal | undefined };

export type CreateOptions = {
  /** False creates exclusively: `hdfs.exists` when something is there, or is being written by another. */
  overwrite: boolean;
  /** Octal, such as `640`. */
  permission?: string;
  signal?: AbortSignal | undefined;
};

function truncated(path: string, expected: number, received: number, offset: number, cause?: unknown): Fault {
  return new Fault({
    code: 'hdfs.truncated',
    message: `HDFS promised ${expected} bytes of ${path} and sent ${received}.`,
    unaffected: NOTHING_CHANGED,
    advice: 'Read it again; the file may have been replaced, or a DataNode may have failed.',
    place: { path, offset: offset + received },
    cause,
  });
}

/** Streams part of a file, and throws `hdfs.truncated` unless exactly the promised bytes arrive. */
export async function* openFile(
  nameNode: NameNode,
  entry: Pick<HdfsEntry, 'path' | 'size'>,
  { offset = 0, length, signal }: Range,
): AsyncGenerator<Uint8Array> {
  const { path } = entry;
  const expected = Math.max(0, Math.min(length ?? Number.POSITIVE_INFINITY, entry.size - offset));
  if (expected === 0) return;
  const call: Call = {
    method: 'GET',
    op: 'OPEN',
    path,
    signal,
    unaffected: NOTHING_CHANGED,
    parameters: { offset: String(offset), length: String(expected) },
  };
  const first = await nameNode.send(call);
  const answer = first.status === 307 ? await nameNode.follow(first, call) : first;
  if (answer.status !== 200) await refuse(answer, call);
  if (answer.header('content-type').startsWith('text/html')) {
    answer.drop();
    throw strangeAnswer(answer, call);
  }
  let received = 0;
  try {
    for await (const chunk of answer.body) {
      received += chunk.byteLength;
      if (received > expected) break;
      yield chunk;
    }
  } catch (error) {
    signal?.throwIfAborted();
    const fault = brokenExchange(error, 'DataNode', answer.host, call);
    throw fault.code === 'hdfs.timeout' ? fault : truncated(path, expected, received, offset, error);
  }
  if (received > expected) throw strangeAnswer(answer, call);
  if (received < expected) throw truncated(path, expected, received, offset);
}

type Upload = { sent: number; finished: boolean; failure?: { error: unknown } };

async function* counted(body: AsyncIterable<Uint8Array>, upload: Upload): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of body) {
      upload.sent += chunk.byteLength;
      yield chunk;
    }
    upload.finished = true;
  } catch (error) {
    upload.failure = { error };
    throw error;
  }
}

/** Uploads a file in the two steps of WebHDFS and returns the count of bytes sent. */
export async function createFile(
  nameNode: NameNode,
  path: string,
  body: AsyncIterable<Uint8Array> | Uint8Array,
  { overwrite, permission, signal }: CreateOptions,
): Promise<number> {
  const call: Call = {
    method: 'PUT',
    op: 'CREATE',
    path,
    signal,
    unaffected: NOTHING_CHANGED,
    parameters: { overwrite: String(overwrite), permission },
  };
  const first = await nameNode.send(call);
  if (first.status !== 307) {
    // a gateway that follows the redirect itself has created an empty file by now
    if (first.status < 300) first.drop();
    else await refuse(first, call);
    throw strangeAnswer(first, call);
  }
  const upload: Upload = { sent: 0, finished: false };
  const during = {
    ...call,
    unaffected: `${path} may hold part of the upload; everything else is unchanged.`,
  };
  const whole = body instanceof Uint8Array;
  if (whole) Object.assign(upload, { sent: body.byteLength, finished: true });
  let answer: HttpAnswer;
  try {
    answer = await nameNode.follow(first, during, whole ? body : counted(body, upload));
  } catch (error) {
    throw upload.failure ? upload.failure.error : error;
  }
  if (answer.status !== 201)
    await refuse(answer, during).catch((fault) => {
      // lost against another exclusive create that is still under way
      throw !overwrite && isFault(fault, 'hdfs.locked')
        ? remoteFault('FileAlreadyExistsException', '', call)
        : fault;
    });
  answer.drop();
  if (!upload.finished) throw strangeAnswer(answer, during);
  return upload.sent;
}
