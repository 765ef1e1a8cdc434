import { Fault } from '../contract/errors';

export function malformed(what: string): Fault {
  return new Fault({
    code: 'rpc.malformed',
    message: `A message between window and host is malformed: ${what}.`,
    advice: 'The connection was closed. Reload the window.',
  });
}
