import type { FolderForm } from '../../shared/sources/partitions';
import { Icon } from '../shell/icons';
import { plural, size } from '../shell/words';

type Props = { form: FolderForm; path: string; onDataSet: () => void };

function words(form: FolderForm): string {
  switch (form.kind) {
    case 'partitioned':
      return `One data set in ${plural(form.partitions, 'partition')} by ${form.key}`;
    case 'parts':
      return `${plural(form.files, 'file')} of one kind${form.ending && ` (${form.ending})`}, ${size(form.bytes)} in all`;
  }
}

/** Tells that a folder looks like one data set, and offers to take it as such. */
export function FolderNote({ form, path, onDataSet }: Props) {
  return (
    <div className="folder-note" role="note">
      <Icon name="table" />
      <p>{words(form)}</p>
      <button type="button" className="button small" title={path} onClick={onDataSet}>
        Take the whole folder
      </button>
    </div>
  );
}
