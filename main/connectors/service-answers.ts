import { Fault } from '../../shared/contract/errors';
import { transportFailure } from '../http/failure';
import type { TestStep } from './kind';

/** The step that asks a service beside the data for something harmless. */
export const serviceAnswers = (name: string, url: string, path: string): TestStep => ({
  title: `${name} answers`,
  async run(signal) {
    const response = await fetch(new URL(url.replace(/\/+$/, '') + path), {
      signal,
      redirect: 'error',
    }).catch((error: unknown) => {
      throw new Fault({
        code: 'connection.unreachable',
        message: `${name} at ${url} can't be reached: ${transportFailure(error).reason}.`,
        advice: `Check the address of ${name} and that it runs.`,
        cause: error,
      });
    });
    await response.body?.cancel();
    if (response.ok) return `${url} answers.`;
    throw new Fault({
      code: 'connection.status',
      message: `${url} answered with status ${response.status}.`,
      advice: `Check that this is the address of ${name}.`,
    });
  },
});
