import { useState } from 'react';
import type { Dialect } from '../../shared/document/dialect';
import { isClusterOnly } from '../../shared/document/formats';
import type { Sampling } from '../../shared/document/sampling';
import { useLoaded } from '../shell/use-call';
import { roughCount, since, size } from '../shell/words';
import { useWorkbench } from '../state/context';
import { DialectForm } from './dialect-form';
import { SourcePreview } from './source-preview';

const FIRST: Sampling = { method: 'first', rows: 200 };

type Props = { connection: string; path: string; onAdded: () => void };

/** A file before it is added: its size and time, how it is read, its first rows. */
export function FilePreview({ connection, path, onAdded }: Props) {
  const { host } = useWorkbench();
  const [chosen, setChosen] = useState<Dialect | null>(null);
  const looked = useLoaded('inspect', (signal) =>
    host.call('source.inspect', { connection, path }, { signal }),
  );
  const dialect = chosen ?? looked.value?.dialect ?? null;
  // No job is started on a cluster just to look at a file: its columns are enough.
  const isKnown = dialect !== null && dialect.format === looked.value?.dialect.format;
  const isDrawnThere = isKnown && isClusterOnly(dialect) && connection !== 'local';
  return (
    <SourcePreview
      {...{ connection, path, looked, dialect, onAdded }}
      columns={isDrawnThere ? (looked.value?.columns ?? null) : null}
      name={path.split(/[\\/]/).at(-1) ?? path}
      sampling={FIRST}
      facts={({ size: bytes, modified }, sample) => {
        const time = since(modified);
        const total = sample?.total;
        return (
          <>
            {size(bytes)} · <span title={time.exact}>changed {time.words}</span>
            {total &&
              ` · ${total.exact ? '' : 'about '}${roughCount(total.rows)} ${total.rows === 1 ? 'row' : 'rows'}`}
          </>
        );
      }}
      form={() => dialect && <DialectForm dialect={dialect} onChange={setChosen} />}
    />
  );
}
