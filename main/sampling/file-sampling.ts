import { Fault } from '../../shared/contract/errors';
import { type FileSampling, isFileSampling, type Sampling } from '../../shared/document/sampling';

/**
 * How samples of files are drawn; throws a Fault `source.sampling` for what only topics know.
 * @param name what the steward calls the source
 */
export function fileSampling(sampling: Sampling, name: string): FileSampling {
  if (isFileSampling(sampling)) return sampling;
  throw new Fault({
    code: 'source.sampling',
    message: `${name} holds files: samples of messages can’t be drawn from it.`,
    unaffected: 'The rules and the source are as they were.',
    advice: 'Choose how to draw the sample again.',
  });
}
