import { dayOf } from './calendar';
import { CUSTOMER_COLUMNS, type CustomerCells, drawPerson, type Person, writeCustomer } from './customer-row';
import { createRandom, fraction, mix } from './random';
import { createRecent } from './recent';
import type { SampleTable } from './table';

const PEOPLE = 4000;
const ROWS = 500;
const SIGNUP_FROM = dayOf(2019, 1, 1);
const SIGNUP_DAYS = dayOf(2026, 10, 31) - SIGNUP_FROM;

export const customerId = (number: number): string => `C${String(number).padStart(7, '0')}`;

/** The day on which customer `number` first signed up. */
export const signupDay = (seed: number, number: number): number =>
  SIGNUP_FROM + (mix(seed ^ 0x51f15e, number) % SIGNUP_DAYS);

/** The day after which a customer buys nothing any more; half of them never stop. */
export const lastActiveDay = (seed: number, number: number): number => {
  const share = fraction(seed ^ 0x1a5a, number) * 2;
  const signup = signupDay(seed, number);
  return share >= 1
    ? Number.POSITIVE_INFINITY
    : signup + 30 + Math.floor(share * (SIGNUP_FROM + SIGNUP_DAYS - signup));
};

type Kept = { row: number; id: string; signup: number };
/** A person and the rows of theirs that the starter rule set would compare. */
type Known = { readonly person: Person; readonly signups: number[]; readonly rows: Kept[]; closed: boolean };
type Written = { id: string; known: Known; cells: CustomerCells; signup: number };

/** Customers, among them rows that are there twice and people who signed up again. */
export function customers(seed: number): SampleTable {
  let ids = 0;
  return {
    name: 'customers',
    file: 'customers.csv',
    columns: CUSTOMER_COLUMNS,
    get ids() {
      return ids;
    },
    *generate(rows, emit) {
      const random = createRandom(seed, 'customers');
      const people = createRecent<Known>(PEOPLE, (known) => {
        known.closed = true;
        const [survivor] = known.rows.toSorted((a, b) => b.signup - a.signup || a.row - b.row);
        for (const kept of known.rows)
          if (kept !== survivor) emit.later(kept.row, kept.id, [null, 'starter-merged']);
      });
      const recent = createRecent<Written>(ROWS);

      const write = ({ id, known, cells, signup }: Written, duplicate: boolean, again: boolean): void => {
        const dirt = [...cells.dirt];
        if (duplicate) dirt.push([null, 'exact-duplicate']);
        if (again) dirt.push([null, 'same-person']);
        if (!cells.usableEmail) dirt.push([null, 'starter-rejected']);
        else if (known.person.test) dirt.push([null, 'starter-filtered']);
        const row = emit({ id, values: cells.values, dirt });
        if (cells.usableEmail && !known.person.test) known.rows.push({ row, id, signup });
      };
      const signUp = (known: Known, again: boolean): void => {
        ids += 1;
        let signup = signupDay(seed, ids);
        while (known.signups.includes(signup)) signup += 1;
        known.signups.push(signup);
        const id = customerId(ids);
        const cells = writeCustomer(random, known.person, { id, signup, again });
        const dated = cells.values[8] === null ? Number.NEGATIVE_INFINITY : signup;
        const written = { id, known, cells, signup: dated };
        write(written, false, again);
        recent.add(written);
      };

      for (let made = 0; made < rows; made++) {
        const roll = random.next();
        const twice = roll < 0.01 ? recent.draw(random) : undefined;
        const known = roll >= 0.01 && roll < 0.05 ? people.draw(random) : undefined;
        if (twice && !twice.known.closed) write(twice, true, false);
        else if (known && !known.person.test) signUp(known, true);
        else {
          const fresh = { person: drawPerson(random, ids + 1), signups: [], rows: [], closed: false };
          signUp(fresh, false);
          people.add(fresh);
        }
        yield;
      }
      people.drain();
    },
  };
}
