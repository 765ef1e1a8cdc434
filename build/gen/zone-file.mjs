// Reads compiled time zones (RFC 9636).
const HEADER = 44;
const DAY = 86_400;

/** Sizes of a block, of whose numbers those of times take `width` bytes. */
function sizes(buffer, at, width) {
  const [utc, standard, leaps, times, types, characters] = Array.from({ length: 6 }, (_, i) =>
    buffer.readUInt32BE(at + 20 + i * 4),
  );
  const size = times * (width + 1) + types * 6 + characters + leaps * (width + 4) + standard + utc;
  return { times, types, end: at + HEADER + size };
}

/** Days from 1970-01-01. */
const daysOf = (year, month, day) => Math.floor(Date.UTC(year, month - 1, day) / 1000 / DAY);

/** The second, from 1970-01-01 by a clock, of the n-th weekday of a month; 5 for the last. */
function secondOf(year, [month, week, weekday, second]) {
  const first = daysOf(year, month, 1);
  const days = (((weekday - first - 4) % 7) + 7) % 7;
  const last = daysOf(year, month + 1, 1);
  let day = first + days + (week - 1) * 7;
  while (day >= last) day -= 7;
  return day * DAY + second;
}

const TIME = '([+-]?\\d+)(?::(\\d+))?(?::(\\d+))?';
const NAME = '(?:<[^>]+>|[A-Za-z]+)';
const DATE = `,M(\\d+)\\.(\\d+)\\.(\\d+)(?:/${TIME})?`;
const RULE = new RegExp(`^${NAME}${TIME}(?:${NAME}(?:${TIME})?${DATE}${DATE})?$`);

function seconds(hours, minutes = '0', rest = '0') {
  const size = Math.abs(Number(hours)) * 3600 + Number(minutes) * 60 + Number(rest);
  return hours.startsWith('-') ? -size : size;
}

/** The rule for ever after: its standard distance from UTC, and when summer begins and ends, by the clock before. */
function ruleOf(text) {
  const found = RULE.exec(text);
  if (!found) throw new Error(`No rule that is known: ${text}`);
  // The sign of POSIX is the other way round.
  const standard = 0 - seconds(...found.slice(1, 4));
  if (found[7] === undefined) return { standard, summer: null };
  const summer = found[4] === undefined ? standard + 3600 : 0 - seconds(...found.slice(4, 7));
  const date = (at) => [
    ...found.slice(at, at + 3).map(Number),
    found[at + 3] === undefined ? 7200 : seconds(...found.slice(at + 3, at + 6)),
  ];
  return { standard, summer, begin: date(7), end: date(13) };
}

/** Changes by a rule in some years, in order. */
function changesBy({ standard, summer, begin, end }, from, to) {
  const changes = [];
  for (let year = from; year <= to; year++) {
    changes.push({ at: secondOf(year, begin) - standard, before: standard, after: summer });
    changes.push({ at: secondOf(year, end) - summer, before: summer, after: standard });
  }
  return changes.sort((a, b) => a.at - b.at);
}

/** No two changes touch one day of the zone's clocks, nor one of UTC, which the lookup relies on. */
function assertDaysApart(changes) {
  for (const [i, { at }] of changes.entries()) {
    if (i > 0 && at - changes[i - 1].at < 3 * DAY) throw new Error('Two changes are within three days.');
  }
}

/**
 * A zone: its distance from UTC in seconds before the first change, the changes that no rule tells, and the rule for
 * ever after, if summer times go on.
 */
export function read(buffer) {
  const start = sizes(buffer, 0, 4).end;
  const { times, types, end } = sizes(buffer, start, 8);
  const at = start + HEADER;
  const type = (index) => buffer.readInt32BE(at + times * 9 + index * 6);
  const [first] = types > 0 ? [type(0)] : [0];
  const changes = [];
  let before = first;
  for (let i = 0; i < times; i++) {
    const after = type(buffer[at + times * 8 + i]);
    // The last one may change only a name, but the rule counts from there.
    if (after !== before || i === times - 1)
      changes.push({ at: Number(buffer.readBigInt64BE(at + i * 8)), before, after });
    before = after;
  }
  assertDaysApart(changes);
  const rule = ruleOf(buffer.toString('latin1', end).trim());
  if (rule.summer === null) {
    if (rule.standard !== before) throw new Error('The rule does not go on from the last change.');
    return { first, changes, rule: null };
  }
  const last = changes.at(-1);
  if (!last) throw new Error('A rule without a beginning.');
  return { first, changes: withoutRuled(changes, rule, last.at), rule };
}

/** The changes up to where the rule tells all the others; the rule counts after the last of them. */
function withoutRuled(changes, rule, last) {
  const ruled = changesBy(rule, 1960, new Date(last * 1000).getUTCFullYear()).filter(({ at }) => at <= last);
  const same = (a, b) => a && b && a.at === b.at && a.before === b.before && a.after === b.after;
  let told = 0;
  while (same(changes.at(-1 - told), ruled.at(-1 - told))) told++;
  return told === 0 ? changes : changes.slice(0, changes.length - told + 1);
}
