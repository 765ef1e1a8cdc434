import { lookup } from 'node:dns/promises';
import * as net from 'node:net';
import * as tls from 'node:tls';
import { Fault } from '../../shared/contract/errors';
import { transportFailure } from '../http/failure';
import type { TestStep } from './kind';

/** A service's place on the network. `host` is a name or an address, without brackets. */
export type Target = { readonly host: string; readonly port: number };
/** PEM: authorities to trust beside the public ones, and this client's certificate and key. */
export type Trust = { readonly ca?: string; readonly cert?: string; readonly key?: string };

const wordsOf = ({ host, port }: Target) => `${host.includes(':') ? `[${host}]` : host}:${port}`;

/** The place of a web address. */
export function targetOf(address: string): Target {
  const url = new URL(address);
  const port = url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);
  return { host: url.hostname.replace(/^\[|\]$/g, ''), port };
}

type Outcome = { target: Target; found: string } | { target: Target; error: unknown };

/**
 * Tries every target at once. One that works is enough, as they stand in for each other; those that fail are
 * told. `explain` makes the fault of the first when all fail.
 */
async function tryAll(
  targets: readonly Target[],
  attempt: (target: Target) => Promise<string>,
  explain: (target: Target, error: unknown) => Fault,
): Promise<string> {
  const outcomes = await Promise.all(
    targets.map(async (target): Promise<Outcome> => {
      try {
        return { target, found: await attempt(target) };
      } catch (error) {
        return { target, error };
      }
    }),
  );
  const good = outcomes.filter((one) => 'found' in one);
  const bad = outcomes.filter((one) => 'error' in one);
  const [worst] = bad;
  if (good.length === 0 && worst) throw explain(worst.target, worst.error);
  return [
    ...good.map(({ found }) => found),
    ...bad.map(({ target, error }) => explain(target, error).message),
  ].join(' ');
}

const fault = (code: string, message: string, advice: string, cause: unknown) =>
  new Fault({ code: `connection.${code}`, message, unaffected: 'Nothing was changed.', advice, cause });

const nameFound = (targets: readonly Target[]): TestStep => ({
  title: 'Name found',
  run: () =>
    tryAll(
      targets,
      async ({ host }) => {
        if (net.isIP(host) !== 0) return `${host} is an address.`;
        return `${host} is ${(await lookup(host)).address}.`;
      },
      ({ host }, error) =>
        fault(
          'name',
          `The name ${host} is unknown on this computer's network.`,
          'Check the spelling; a VPN may be needed to see names of the company.',
          error,
        ),
    ),
});

function connected({ host, port }: Target, signal: AbortSignal): Promise<net.Socket> {
  return new Promise((resolve, reject) => {
    const socket = net.connect({ host, port, signal }).once('error', reject);
    socket.once('connect', () => resolve(socket));
  });
}

const portOpen = (targets: readonly Target[]): TestStep => ({
  title: 'Port open',
  run: (signal) =>
    tryAll(
      targets,
      async (target) => {
        (await connected(target, signal)).destroy();
        return `${wordsOf(target)} takes connections.`;
      },
      (target, error) =>
        fault(
          'port',
          signal.aborted
            ? `${wordsOf(target)} did not answer in time.`
            : `${wordsOf(target)} can't be reached: ${transportFailure(error).reason}.`,
          signal.aborted
            ? 'A firewall may drop what is sent there: ask which port to use, and from where.'
            : 'Check the port and that the service runs; a firewall may also refuse it.',
          error,
        ),
    ),
});

function secured({ host, port }: Target, trust: Trust, signal: AbortSignal): Promise<tls.TLSSocket> {
  return new Promise((resolve, reject) => {
    const { ca, ...own } = trust;
    const socket = tls.connect({
      host,
      port,
      ...(net.isIP(host) === 0 && { servername: host }),
      ...(ca !== undefined && { ca: [...tls.rootCertificates, ca] }),
      ...own,
    });
    const stop = () => socket.destroy(new Error('stopped'));
    signal.addEventListener('abort', stop, { once: true });
    socket.once('error', reject);
    socket.once('secureConnect', () => resolve(socket));
    socket.once('close', () => signal.removeEventListener('abort', stop));
  });
}

const TLS_ADVICE =
  "Give the certificate of the authority that signed the service's (PEM) as the connection's own CA, or check that this port speaks TLS.";

const tlsSpoken = (targets: readonly Target[], trust: () => Promise<Trust>): TestStep => ({
  title: 'TLS',
  async run(signal) {
    const trusted = await trust();
    return tryAll(
      targets,
      async (target) => {
        const socket = await secured(target, trusted, signal);
        const protocol = socket.getProtocol() ?? 'TLS';
        socket.destroy();
        return `${wordsOf(target)} speaks ${protocol} with a certificate that is trusted.`;
      },
      (target, error) => {
        const why = signal.aborted ? 'it did not answer in time' : transportFailure(error).reason;
        return fault('tls', `No trusted TLS connection to ${wordsOf(target)}: ${why}.`, TLS_ADVICE, error);
      },
    );
  },
});

/** Steps before anything is said to a service: names, ports and, of those that speak it, TLS. */
export function networkSteps(
  targets: readonly Target[],
  encrypted: readonly Target[],
  trust: () => Promise<Trust>,
): TestStep[] {
  const steps = [nameFound(targets), portOpen(targets)];
  return encrypted.length === 0 ? steps : [...steps, tlsSpoken(encrypted, trust)];
}
