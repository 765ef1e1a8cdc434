import type { Connection } from '../../shared/connections/connection';
import type { TestedStep } from '../../shared/contract/calls/connections';
import { isFault } from '../../shared/contract/errors';
import type { FindSecret } from '../connectors/kind';
import { kindOf } from '../connectors/kinds';

/** How long a step may take, in milliseconds. */
const PATIENCE = 10_000;

const SLOW = {
  message: 'No answer came within 10 seconds.',
  advice: 'Try again in a minute; if it stays so, ask whether the service runs.',
};
const STRANGE = {
  message: 'It failed in a way that is not known here.',
  advice: "Show the connection's settings to the administrator of the service.",
};

type Context = { secret: FindSecret; signal?: AbortSignal | undefined; tell?: (step: TestedStep) => void };

/** Tests a connection step by step; the first step that fails is the last. An abort throws its reason. */
export async function testConnection(
  connection: Connection,
  { secret, signal, tell = () => {} }: Context,
): Promise<TestedStep[]> {
  const done: TestedStep[] = [];
  for (const { title, run } of kindOf(connection).steps(connection, secret)) {
    const patience = AbortSignal.timeout(PATIENCE);
    let step: TestedStep;
    try {
      const message = await run(signal ? AbortSignal.any([signal, patience]) : patience);
      step = { step: title, ok: true, message, advice: null };
    } catch (error) {
      signal?.throwIfAborted();
      const said = isFault(error) ? error : patience.aborted ? SLOW : STRANGE;
      step = { step: title, ok: false, message: said.message, advice: said.advice ?? STRANGE.advice };
    }
    done.push(step);
    tell(step);
    if (!step.ok) break;
  }
  return done;
}
