import type { Stream } from '../../shared/contract/calls/streams';
import { Fault } from '../../shared/contract/errors';

type Targets = Pick<Stream, 'topic' | 'outputTopic' | 'quarantineTopic' | 'output'>;

/** Throws a Fault (`publish.targets`) where topics or the folder of a stream would get in each other's way. */
export function checkStreamTargets({ topic, outputTopic, quarantineTopic, output }: Targets): void {
  const refuse = (message: string) => {
    throw new Fault({
      code: 'publish.targets',
      message,
      unaffected: 'Nothing was submitted.',
      advice: 'Choose topics and a folder of their own.',
    });
  };
  for (const name of [outputTopic, quarantineTopic])
    if (!/^(?!\.{1,2}$)[A-Za-z0-9._-]{1,249}$/.test(name))
      refuse(`A topic’s name has letters, digits, points, hyphens and underscores only: ${name}.`);
  if (new Set([topic, outputTopic, quarantineTopic]).size < 3)
    refuse('The topic that is read, the cleaned one and the quarantine must be three topics.');
  if (!output.startsWith('/') || output === '/' || /[:\0]|\/\.\.?(\/|$)/.test(output))
    refuse(`The folder must be a path that begins with “/”, without “:”, “.” and “..”: ${output}.`);
}
