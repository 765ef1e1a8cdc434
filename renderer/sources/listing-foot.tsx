import type { Entry } from '../../shared/ports/connector';
import { count, plural, since, size } from '../shell/words';
import { permissionWords } from './permission';
import type { Listing } from './use-listing';

type Props = {
  listing: Listing;
  /** How many entries the filter leaves. */
  matching: number;
  filtered: boolean;
  ending: string;
  /** The entry that the keys are on. */
  entry: Entry | null;
};

function countWords({ listing, matching, filtered, ending }: Props): string {
  const all = listing.entries.length;
  if (listing.status === 'loading')
    return all === 0 ? 'Reading the folder…' : `Reading… ${count(all)} so far`;
  if (listing.status === 'failed') return '';
  const part = listing.stopped ? ' so far; the rest was not read' : '';
  if (matching > 0) {
    return filtered && matching < all
      ? `${count(matching)} of ${plural(all, 'entry', 'entries')}${part}`
      : `${plural(matching, 'entry', 'entries')}${part}`;
  }
  if (filtered) return `No name holds these letters${part}.`;
  return ending === '' ? `This folder is empty${part}.` : `No ${ending} files here${part}.`;
}

/** How much a folder holds, and what is known of the entry that the keys are on. */
export function ListingFoot(props: Props) {
  const { listing, entry } = props;
  const time = entry && since(entry.modified).exact;
  const details =
    entry === null
      ? ''
      : [entry.kind === 'file' ? size(entry.size) : '', permissionWords(entry), time]
          .filter(Boolean)
          .join(' · ');
  return (
    <div className="files-foot muted small">
      <p role="status">{countWords(props)}</p>
      {listing.status === 'loading' && listing.entries.length > 0 && (
        <button type="button" className="button quiet small" onClick={listing.stop}>
          Stop
        </button>
      )}
      {listing.stopped && (
        <button type="button" className="button quiet small" onClick={listing.reload}>
          Read all
        </button>
      )}
      {listing.status === 'ready' && <p className="ellipsis files-details">{details}</p>}
    </div>
  );
}
