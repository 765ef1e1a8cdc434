import { z } from 'zod';
import { bytes, call, event } from '../../../../shared/contract/define';

/** A contract that has everything a transport must carry. */
export const echoContract = {
  calls: {
    echo: call({
      input: z.strictObject({ value: z.unknown() }),
      output: z.strictObject({ value: z.unknown() }),
    }),
    reverse: call({ input: z.strictObject({ part: bytes }), output: z.strictObject({ part: bytes }) }),
    count: call({ input: z.strictObject({ to: z.int() }), output: z.int(), progress: z.int() }),
    /** Waits until it is cancelled or its caller goes. */
    wait: call({ input: z.strictObject({}), output: z.void() }),
    waiting: call({ input: z.strictObject({}), output: z.int() }),
    announce: call({ input: z.strictObject({ times: z.int() }), output: z.void() }),
  },
  events: { tick: event(z.int()) },
};
export type EchoContract = typeof echoContract;
