import { createBuyers, writeCustomerId } from './buyers';
import { dayOf, dottedTime, isoDay, isoTime } from './calendar';
import { COUNTRIES } from './countries';
import { capitalised, type Dirt, type DirtKind, lower, type Rates, type Recase, soil, upper } from './dirt';
import { createRandom, fraction, type Random, weighted } from './random';
import { createRecent } from './recent';
import type { SampleRow, SampleTable } from './table';

const COLUMNS = [
  'transaction_id',
  'customer_id',
  'time',
  'amount',
  'currency',
  'channel',
  'status',
  'items',
  'payment',
] as const;
type Column = (typeof COLUMNS)[number];

const FROM = dayOf(2023, 1, 1);
const DAYS = dayOf(2026, 10, 31) - FROM;
const RATES: Partial<Record<Column, Rates>> = {
  currency: { 'letter-case': 0.02, 'outer-white-space': 0.005 },
  channel: { null: 0.01, 'null-token': 0.005, 'letter-case': 0.02 },
  status: { 'letter-case': 0.02, 'outer-white-space': 0.01 },
  payment: { null: 0.02, 'null-token': 0.01, 'outer-white-space': 0.01 },
};
const SIGNS: Readonly<Record<string, string>> = { EUR: '€', USD: '$', GBP: '£' };

const drawChannel = weighted([
  ['web', 60],
  ['app', 25],
  ['store', 13],
  ['phone', 2],
]);
const drawStatus = weighted([
  ['paid', 92],
  ['refunded', 4],
  ['cancelled', 3],
  ['pending', 1],
]);
const drawPayment = weighted([
  ['card', 60],
  ['transfer', 15],
  ['wallet', 20],
  ['cash', 5],
]);
const drawCurrency = weighted(COUNTRIES.map((country) => [country.currency, country.weight] as const));
const byShare = (share: number) => drawCurrency({ next: () => share } as Random);

/** `12.50` from cents. */
const decimal = (cents: number): string => {
  const size = Math.abs(cents);
  return `${cents < 0 ? '-' : ''}${Math.floor(size / 100)}.${String(size % 100).padStart(2, '0')}`;
};

function writeAmount(random: Random, cents: number, currency: string): { value: string; kinds: DirtKind[] } {
  const plain = decimal(cents);
  if (!random.chance(0.015)) return { value: plain, kinds: [] };
  const value = random.pick([
    plain.replace('.', ','),
    `${currency} ${plain}`,
    `${plain} ${currency}`,
    '1.234,50',
    'free',
  ]);
  return { value, kinds: ['unreadable-amount'] };
}

function writeTime(random: Random, day: number, second: number): { value: string; kinds: DirtKind[] } {
  const roll = random.next();
  if (roll < 0.01) return { value: dottedTime(day, second), kinds: ['other-date-format'] };
  if (roll < 0.012)
    return { value: `${isoDay(day).slice(0, 4)}-02-30T12:00:00Z`, kinds: ['impossible-date'] };
  return { value: isoTime(day, second), kinds: [] };
}

/** Sales and refunds of customers, in the order of their time but for a few. */
export function transactions(seed: number, customers: number): SampleTable {
  let ids = 0;
  const buyer = createBuyers(seed, customers);

  function write(random: Random, id: string, day: number): SampleRow {
    const values: (string | null)[] = [];
    const dirt: Dirt[] = [];
    const push = (value: string | null, kinds: readonly DirtKind[] = []) => {
      for (const kind of kinds) dirt.push([values.length, kind]);
      values.push(value);
    };
    const add = (column: Column, clean: string, recase?: Recase) => {
      const at = values.length;
      values.push(soil(random, clean, RATES[column] ?? {}, (kind) => dirt.push([at, kind]), recase));
    };

    const number = buyer(random, day);
    const customer = writeCustomerId(random, number, customers, { anonymous: 0.005, column: 1 });
    const currency = byShare(fraction(seed ^ 0xc0de, number));
    const status = drawStatus(random);
    const share = random.next();
    const cents = 300 + Math.floor(share * share * share * 60_000) + random.below(2000);
    const time = writeTime(random, day, random.below(86_400));
    const amount = writeAmount(random, status === 'refunded' ? -cents : cents, currency);

    push(id);
    dirt.push(...customer.dirt);
    push(customer.value);
    push(time.value, time.kinds);
    push(amount.value, amount.kinds);
    const sign = SIGNS[currency];
    if (sign !== undefined && random.chance(0.01)) push(sign, ['currency-sign']);
    else add('currency', currency, lower);
    add('channel', drawChannel(random), upper);
    add('status', status, capitalised);
    push(String(1 + random.below(6)));
    add('payment', drawPayment(random));
    return { id, values, dirt };
  }

  return {
    name: 'transactions',
    file: 'transactions.csv',
    columns: COLUMNS,
    get ids() {
      return ids;
    },
    *generate(rows, emit) {
      const random = createRandom(seed, 'transactions');
      const recent = createRecent<SampleRow>(200);
      for (let made = 0; made < rows; made++) {
        const twice = random.chance(0.008) ? recent.draw(random) : undefined;
        if (twice) {
          emit({ ...twice, dirt: [...twice.dirt, [null, 'exact-duplicate'], [null, 'starter-merged']] });
        } else {
          ids += 1;
          const day = Math.min(FROM + DAYS - 1, FROM + Math.floor((made / rows) * DAYS) + random.below(2));
          const row = write(random, `T${String(ids).padStart(8, '0')}`, day);
          emit(row);
          recent.add(row);
        }
        yield;
      }
    },
  };
}
