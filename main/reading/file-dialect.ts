import { Fault } from '../../shared/contract/errors';
import { type Dialect, isFiles, type SourceDialect } from '../../shared/document/dialect';

/**
 * The dialect of a source of files; throws a Fault `source.topic` for a topic.
 * @param name what the steward calls the source
 */
export function fileDialect(dialect: SourceDialect, name: string): Dialect {
  if (isFiles(dialect)) return dialect;
  throw new Fault({
    code: 'source.topic',
    message: `${name} is a topic: its messages are no file that could be read from its first row to its last.`,
    unaffected: 'Nothing was written.',
    advice: 'Use its sample, or publish its rules as a stream.',
  });
}
