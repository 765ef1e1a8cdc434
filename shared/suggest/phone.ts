import { call } from '../expression/primitives';
import { PHONE_REGIONS } from '../lookup/phone-regions';
import { columnOf, isLike, isMostly } from './detecting';
import type { Candidate, Detector, Look } from './suggestion';

/** Regions tried where no column names one. */
const USUAL_REGIONS = ['US', 'GB', 'DE', 'FR', 'ES', 'IT', 'NL', 'IN', 'CN', 'JP', 'BR', 'AU'];
// A date or a plain number in digits is no phone number: there is a +, a bracket, a 0 in front, or several groups.
const LOOKS_DIALLED =
  '(?:tel:)?\\+[0-9 ()./-]{7,24}|(?:tel:)?[0(][0-9 ()./-]{6,24}|[2-9][0-9]{2}[-. /]?[0-9]{3}[-. /]?[0-9]{4}';
const EXTENSION = '(?: ?(?:x|ext\\.?|#) ?[0-9]{1,6})?';

const candidate = (look: Look, region: Record<string, string>): Candidate => ({
  operation: 'phone',
  columns: [look.column],
  parameters: { ...region, format: 'e164', extension: 'drop', invalid: 'keep' },
  wrong: 'are not in E.164',
  cannotBe: 'parsed',
});

export const phone: Detector = {
  kind: 'phone',
  operations: ['phone'],
  async detect(look) {
    const digits = call('asciiDigits', [look.trimmed]);
    if (!(await isMostly(look, isLike(digits, `(?:${LOOKS_DIALLED})${EXTENSION}`)))) return [];
    const column = await columnOf(look, PHONE_REGIONS, /country|region|land/i);
    if (column !== null) {
      const region = await look.at(column);
      const [most] = await region.frequent(
        1,
        call('isOneOf', [call('upper', [region.trimmed])], { values: PHONE_REGIONS }),
      );
      const usual = most?.value.toUpperCase();
      const remark = `Numbers without a country code are read in the region that ${column} names${usual ? `, else as ${usual}, which most rows are` : ''}.`;
      const parameters = { regionColumn: column, ...(usual && { defaultRegion: usual }) };
      return [{ ...candidate(look, parameters), remarks: [remark] }];
    }
    let best = { share: await look.accepts(candidate(look, {})), region: '' };
    for (const region of USUAL_REGIONS) {
      const share = await look.accepts(candidate(look, { defaultRegion: region }));
      if (share > best.share + 0.01) best = { share, region };
    }
    if (best.share < 0.3) return [];
    if (best.region === '') return [candidate(look, {})];
    const remark = `No column names a region; of the usual ones, ${best.region} makes the most numbers valid.`;
    return [{ ...candidate(look, { defaultRegion: best.region }), remarks: [remark] }];
  },
};
