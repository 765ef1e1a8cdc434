import type { FolderForm } from '../../shared/sources/partitions';
import { Icon } from '../shell/icons';
import { useLoaded } from '../shell/use-call';
import { plural, size } from '../shell/words';
import { useWorkbench } from '../state/context';
import { innerKeys } from './partition-keys';

type Props = {
  form: FolderForm;
  connection: string;
  path: string;
  /** Path of the first partition. */
  first: string | null;
  onDataSet: () => void;
};

function words(form: FolderForm, inner: readonly string[]): string {
  switch (form.kind) {
    case 'partitioned':
      return `One data set in ${plural(form.partitions, 'partition')} by ${[form.key, ...inner].join(', ')}`;
    case 'parts':
      return `${plural(form.files, 'file')} of one kind${form.ending && ` (${form.ending})`}, ${size(form.bytes)} in all`;
  }
}

/** Tells that a folder looks like one data set, and offers to take it as such. */
export function FolderNote({ form, connection, path, first, onDataSet }: Props) {
  const { host } = useWorkbench();
  const inner = useLoaded(`${connection} ${first ?? ''}`, async (signal) =>
    form.kind === 'partitioned' && first !== null ? innerKeys(host, { connection, path: first }, signal) : [],
  );
  return (
    <div className="folder-note" role="note">
      <Icon name="table" />
      <p>{words(form, inner.value ?? [])}</p>
      <button type="button" className="button small" title={path} onClick={onDataSet}>
        Take the whole folder
      </button>
    </div>
  );
}
