import { createBuyers, writeCustomerId } from './buyers';
import { dayOf, dottedTime, isoTime } from './calendar';
import { capitalised, type Dirt, type Rates, soil, upper } from './dirt';
import { createRandom, type Random, weighted } from './random';
import { createRecent } from './recent';
import type { SampleRow, SampleTable } from './table';

const COLUMNS = ['event_id', 'customer_id', 'time', 'type', 'page', 'product', 'device', 'duration_ms'];
const FROM = dayOf(2026, 5, 1);
const DAYS = dayOf(2026, 10, 31) - FROM;

const drawType = weighted([
  ['page_view', 62],
  ['search', 12],
  ['add_to_cart', 11],
  ['remove_from_cart', 4],
  ['checkout', 6],
  ['login', 5],
]);
const drawDevice = weighted([
  ['mobile', 58],
  ['desktop', 35],
  ['tablet', 7],
]);
const PRODUCTS = (
  'lagoon-lamp arbor-chair pebble-stool drift-table cove-shelf ember-candle fern-vase gale-throw harbor-mug ' +
  'isle-clock juniper-tray kelp-rug linden-desk moss-cushion north-kettle opal-bowl'
).split(' ');
const TYPE: Rates = { 'letter-case': 0.02, 'outer-white-space': 0.004 };
const PAGE: Rates = { 'letter-case': 0.01, 'outer-white-space': 0.01 };
const PRODUCT: Rates = { 'null-token': 0.02, 'letter-case': 0.01, 'outer-white-space': 0.005 };
const DEVICE: Rates = { null: 0.01, 'null-token': 0.01, 'letter-case': 0.02 };
const WITHOUT_PRODUCT = new Set(['search', 'checkout', 'login']);

/** What visitors did in the shop, many of them not logged in. */
export function events(seed: number, customers: number): SampleTable {
  let ids = 0;
  const visitor = createBuyers(seed ^ 0x7e57, customers);

  function write(random: Random, id: string, day: number): SampleRow {
    const dirt: Dirt[] = [];
    const soiled = (at: number, clean: string, rates: Rates, recase = upper) =>
      soil(random, clean, rates, (kind) => dirt.push([at, kind]), recase);
    const type = drawType(random);
    const customer = writeCustomerId(random, visitor(random, day), customers, { anonymous: 0.15, column: 1 });
    dirt.push(...customer.dirt);
    const second = random.below(86_400);
    const dotted = random.chance(0.01);
    if (dotted) dirt.push([2, 'other-date-format']);
    const product = WITHOUT_PRODUCT.has(type) ? null : random.pick(PRODUCTS);
    if (product === null) dirt.push([5, 'null']);
    const page = product === null ? `/${type}` : `/shop/${product}`;
    const values = [
      id,
      customer.value,
      dotted ? dottedTime(day, second) : isoTime(day, second),
      soiled(3, type, TYPE, capitalised),
      soiled(4, page, PAGE),
      product === null ? null : soiled(5, product, PRODUCT, capitalised),
      soiled(6, drawDevice(random), DEVICE),
      String(200 + random.below(120_000)),
    ];
    return { id, values, dirt };
  }

  return {
    name: 'events',
    file: 'events.csv',
    columns: COLUMNS,
    get ids() {
      return ids;
    },
    *generate(rows, emit) {
      const random = createRandom(seed, 'events');
      const recent = createRecent<SampleRow>(200);
      for (let made = 0; made < rows; made++) {
        const twice = random.chance(0.004) ? recent.draw(random) : undefined;
        if (twice) {
          emit({ ...twice, dirt: [...twice.dirt, [null, 'exact-duplicate'], [null, 'starter-merged']] });
        } else {
          ids += 1;
          const day = Math.min(FROM + DAYS - 1, FROM + Math.floor((made / rows) * DAYS) + random.below(2));
          const row = write(random, `E${String(ids).padStart(8, '0')}`, day);
          emit(row);
          recent.add(row);
        }
        yield;
      }
    },
  };
}
