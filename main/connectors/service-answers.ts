import { Fault } from '../../shared/contract/errors';
import { createSend } from '../http/exchange';
import { transportFailure } from '../http/failure';
import type { RestOptions } from '../http/rest';
import type { TestStep } from './kind';

const LIMIT = 9_000;

/** The step that asks a service beside the data for something harmless. `path` is below the service's address. */
export const serviceAnswers = (
  name: string,
  path: string,
  optionsOf: () => Promise<RestOptions>,
): TestStep => ({
  title: `${name} answers`,
  async run(signal) {
    const { url, authorization, ...http } = await optionsOf();
    const { send, close } = createSend({ ...http, timeoutMs: LIMIT, connectMs: LIMIT });
    const fault = (code: string, message: string, cause?: unknown) =>
      new Fault({
        code: `connection.${code}`,
        message,
        unaffected: 'Nothing was changed.',
        advice: `Check the address of ${name} and that it runs.`,
        cause,
      });
    try {
      const headers = { accept: 'application/json', ...(authorization !== undefined && { authorization }) };
      const address = new URL(url.replace(/\/+$/, '') + path);
      const answer = await send(address, { method: 'GET', headers, signal }).catch((error: unknown) => {
        signal.throwIfAborted();
        const { reason } = transportFailure(error);
        throw fault('unreachable', `${name} at ${url} can't be reached: ${reason}.`, error);
      });
      answer.drop();
      if (answer.status === 200) return `${url} answers.`;
      throw fault('status', `${url} answered with status ${answer.status}.`);
    } finally {
      close();
    }
  },
});
