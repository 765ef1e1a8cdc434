import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { Fault } from '../../../shared/contract/errors';
import { parseJson } from '../../http/body';
import { answers } from './answers';
import { brokenExchange, NOTHING_CHANGED, remoteFault, strangeAnswer } from './faults';

const answered = z.object({ Token: z.object({ urlString: z.string().min(1) }) });

/** Tokens last a day where nobody renews them; one is used for half of that. */
const LIFETIME = 12 * 3_600_000;
const SUBJECT = { path: '/', unaffected: NOTHING_CHANGED };
const STATUS_LINE = /\n(\d{3})$/;

/** Exit codes of curl as what Node names them. */
const EXITS: Readonly<Record<number, string>> = {
  6: 'ENOTFOUND',
  7: 'ECONNREFUSED',
  28: 'ANSWER_TIMEOUT',
  35: 'EPROTO',
  60: 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
};

const noCurl = (cause: unknown) =>
  new Fault({
    code: 'hdfs.no-spnego',
    message:
      'Signing in with a Kerberos ticket needs the program curl with GSS-API (SPNEGO), which is not here.',
    unaffected: NOTHING_CHANGED,
    advice: 'Install curl with Kerberos, or sign in with a delegation token (hdfs fetchdt) instead.',
    cause,
  });

const noTicket = (host: string) =>
  new Fault({
    code: 'hdfs.unauthenticated',
    message: `${host} does not accept the Kerberos sign-in: there is no valid ticket for it.`,
    unaffected: NOTHING_CHANGED,
    advice: 'Get a ticket with kinit, then try again; klist shows those that are there.',
  });

type Asked = { ca: string | undefined; signal: AbortSignal | undefined };
type CurlAnswer = { status: number; body: string };

function curl(url: URL, caFile: string | null, signal: AbortSignal | undefined): Promise<CurlAnswer> {
  // -q, first of all: nobody's .curlrc; the user ":" is that of the ticket.
  const options = ['-q', '--silent', '--negotiate', '--user', ':', '--noproxy', '*', '--max-time', '9'];
  const trusted = caFile === null ? [] : ['--cacert', caFile];
  const rest = [...trusted, '--write-out', '\n%{http_code}', '--url', url.href];
  return new Promise((resolve, reject) => {
    execFile('curl', [...options, ...rest], { signal, maxBuffer: 1_000_000 }, (error, stdout) => {
      if (signal?.aborted) return reject(signal.reason);
      const status = Number(STATUS_LINE.exec(stdout)?.[1] ?? 0);
      if (error === null) return resolve({ status, body: stdout.replace(STATUS_LINE, '') });
      const code = EXITS[Number(error.code)];
      reject(
        code === undefined
          ? noCurl(error)
          : brokenExchange(Object.assign(new Error('curl failed'), { code }), 'NameNode', url.host, SUBJECT),
      );
    });
  });
}

async function askForToken(base: URL, user: string, { ca, signal }: Asked): Promise<string> {
  const url = new URL(base);
  url.pathname += '/';
  url.search = `op=GETDELEGATIONTOKEN&renewer=${encodeURIComponent(user)}`;
  const folder = ca === undefined ? null : await mkdtemp(path.join(tmpdir(), 'dataharmonize-ca-'));
  try {
    const caFile = folder && path.join(folder, 'ca.pem');
    if (caFile !== null && ca !== undefined) await writeFile(caFile, ca, { mode: 0o600 });
    const { status, body } = await curl(url, caFile, signal);
    const json = parseJson(body);
    const token = answered.safeParse(json);
    if (status === 200 && token.success) return token.data.Token.urlString;
    if (status === 401) throw noTicket(url.host);
    const remote = answers.remoteException.safeParse(json);
    if (!remote.success) throw strangeAnswer({ status, host: url.host }, SUBJECT);
    const { exception, message } = remote.data.RemoteException;
    throw remoteFault(exception, message ?? '', SUBJECT);
  } finally {
    if (folder !== null) await rm(folder, { recursive: true, force: true });
  }
}

const known = new Map<string, { token: string; until: number }>();

/**
 * Signs in by SPNEGO with the Kerberos ticket that is there, as Hadoop's own client does: it gets a delegation token
 * once, which stands for the user from then on. The ticket is read by the system's curl. Answers are remembered for
 * the session.
 */
export function signInByTicket(user: string, ca: string | undefined) {
  return async (base: URL, signal: AbortSignal | undefined): Promise<string> => {
    const key = `${base.origin} ${user}`;
    const found = known.get(key);
    if (found && found.until > Date.now()) return found.token;
    const token = await askForToken(base, user, { ca, signal });
    known.set(key, { token, until: Date.now() + LIFETIME });
    return token;
  };
}

/** Forgets the tokens of this session. */
export function forgetTokens(): void {
  known.clear();
}
