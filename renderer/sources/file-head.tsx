import { Icon } from '../shell/icons';
import type { Order, SortKey } from './arrange';

type Props = {
  order: Order;
  /** Whether owner and permission are known. */
  detailed: boolean;
  onOrder: (order: Order) => void;
};

const COLUMNS: readonly (readonly [by: SortKey, title: string])[] = [
  ['name', 'Name'],
  ['size', 'Size'],
  ['owner', 'Owner'],
  ['modified', 'Changed'],
];

/** The heads of a listing's columns; a press puts the entries in their order. */
export function FileHead({ order, detailed, onOrder }: Props) {
  return (
    <fieldset className="file-head" aria-label="Order of the files">
      {COLUMNS.filter(([by]) => detailed || by !== 'owner').map(([by, title]) => {
        const chosen = order.by === by;
        const pressed = () => onOrder({ by, descending: chosen ? !order.descending : by === 'modified' });
        return (
          <button
            key={by}
            type="button"
            className={`file-head-${by}`}
            aria-pressed={chosen}
            aria-label={`${title}${chosen ? (order.descending ? ', largest first' : ', smallest first') : ''}`}
            onClick={pressed}
          >
            {title}
            {chosen && <Icon name={order.descending ? 'down-arrow' : 'up'} />}
          </button>
        );
      })}
    </fieldset>
  );
}
