/** Postal codes of one shape: where they are used, what they look like without white space and hyphens, in capitals. */
export type PostalFormat = {
  /** ISO 3166-1 alpha-2. */
  readonly countries: readonly string[];
  /** Without anchors. */
  readonly pattern: string;
  /** Where the standard form is parted, counted from the start, or from the end if negative; and by what. */
  readonly split?: { readonly at: number; readonly by: string };
};

const format = (countries: string, pattern: string, at?: number, by = ' '): PostalFormat => ({
  countries: countries.split(' '),
  pattern,
  ...(at !== undefined && { split: { at, by } }),
});

/**
 * Postal codes by country, after Google’s address data (libaddressinput, CC BY 4.0), with the Royal Mail’s own
 * description for the United Kingdom and Eircode’s for Ireland. Shapes only: which codes are in use is not told.
 */
export const POSTAL_FORMATS: readonly PostalFormat[] = [
  format('AD', 'AD[1-7]0[0-9]'),
  format(
    'AF AL AM AT AU AZ BD BE BG CH CV CY DK ET GE GW HM HT HU LR LU MD MK MZ NE NO NZ PH PY SI SJ TN VE ZA',
    '[0-9]{4}',
  ),
  format('AI', 'AI2640', 2, '-'),
  format('AI', '2640'),
  format('AR', '[A-HJ-NP-Z]?[0-9]{4}(?:[A-Z]{3})?'),
  format('AS', '96799(?:[0-9]{4})?', 5, '-'),
  format('AX', '22[0-9]{3}'),
  format(
    'BA BT CR CU DE DO DZ EE EG EH ES FI FR GT HN HR ID IQ IT JO KE KR KW LA LK LT MA MM MN MV MX MY NA NI NP PK SA SD SN TH TR UA UY ZM',
    '[0-9]{5}',
  ),
  format('BB', '(?:BB)?[0-9]{5}'),
  format('BH', '(?:1[0-2]|[1-9])[0-9]{2}'),
  format('BL GP MF', '9[78][01][0-9]{2}'),
  format('BM', '[A-Z]{2}[A-Z0-9]{2}', 2),
  format('BN', '[A-Z]{2}[0-9]{4}'),
  format('BR', '[0-9]{8}', 5, '-'),
  format('BY CN CO EC IN KG KZ NG RO RU SG TJ TM UZ', '[0-9]{6}'),
  format('CA', '[ABCEGHJKLMNPRSTVXY][0-9][ABCEGHJ-NPRSTV-Z][0-9][ABCEGHJ-NPRSTV-Z][0-9]', 3),
  format('CC', '6799'),
  format('CL', '[0-9]{7}'),
  format('CX', '6798'),
  format('CZ GR SE SK', '[0-9]{5}', 3),
  format('FK', 'FIQQ1ZZ', -3),
  format('FM', '9694[1-4](?:[0-9]{4})?', 5, '-'),
  format('FO GN IS LS MG PG', '[0-9]{3}'),
  format(
    'GB',
    'GIR0AA|(?:[A-PR-UWYZ][0-9][0-9ABCDEFGHJKPSTUW]?|[A-PR-UWYZ][A-HK-Y][0-9][0-9ABEHMNPRVWXY]?)[0-9][ABD-HJLN-UW-Z]{2}',
    -3,
  ),
  format('GB', 'BFPO[0-9]{1,4}', 4),
  format('GF', '9[78]3[0-9]{2}'),
  format('GG', 'GY[0-9][0-9A-Z]?[0-9][ABD-HJLN-UW-Z]{2}', -3),
  format('GI', 'GX111AA', -3),
  format('GL', '39[0-9]{2}'),
  format('GS', 'SIQQ1ZZ', -3),
  format('GU', '969(?:[12][0-9]|3[12])(?:[0-9]{4})?', 5, '-'),
  format('IE', '(?:[AC-FHKNPRTV-Y][0-9]{2}|D6W)[0-9AC-FHKNPRTV-Y]{4}', 3),
  format('IL', '[0-9]{5}(?:[0-9]{2})?'),
  format('IM', 'IM[0-9][0-9A-Z]?[0-9][ABD-HJLN-UW-Z]{2}', -3),
  format('IO', 'BBND1ZZ', -3),
  format('IR', '[0-9]{10}', 5, '-'),
  format('JE', 'JE[0-9][0-9A-Z]?[0-9][ABD-HJLN-UW-Z]{2}', -3),
  format('JP', '[0-9]{7}', 3, '-'),
  format('KH RS', '[0-9]{5,6}'),
  format('KY', 'KY[0-9]{5}', 3, '-'),
  format('LB', '[0-9]{4}(?:[0-9]{4})?', 4),
  format('LI', '948[5-9]|949[0-8]'),
  format('LV', 'LV[0-9]{4}', 2, '-'),
  format('LV', '[0-9]{4}'),
  format('MC', '980[0-9]{2}'),
  format('ME', '8[0-9]{4}'),
  format('MH', '969[67][0-9](?:[0-9]{4})?', 5, '-'),
  format('MP', '9695[012](?:[0-9]{4})?', 5, '-'),
  format('MQ', '9[78]2[0-9]{2}'),
  format('MT', '[A-Z]{3}[0-9]{2,4}', 3),
  format('MU', '[0-9]{3}(?:[0-9]{2}|[A-Z]{2}[0-9]{3})'),
  format('NC', '988[0-9]{2}'),
  format('NF', '2899'),
  format('NL', '[1-9][0-9]{3}(?:[A-RT-Z][A-Z]|S[BCE-RT-Z])', 4),
  format('OM', '(?:PC)?[0-9]{3}'),
  format('PE', '[0-2][0-9]{4}'),
  format('PF', '987[0-9]{2}'),
  format('PL', '[0-9]{5}', 2, '-'),
  format('PM', '9[78]5[0-9]{2}'),
  format('PN', 'PCRN1ZZ', -3),
  format('PR', '00[679][0-9]{2}(?:[0-9]{4})?', 5, '-'),
  format('PT', '[0-9]{7}', 4, '-'),
  format('PW', '969(?:39|40)(?:[0-9]{4})?', 5, '-'),
  format('RE', '9[78]4[0-9]{2}'),
  format('SH', '(?:ASCN|STHL)1ZZ', -3),
  format('SM', '4789[0-9]'),
  format('SO', '[A-Z]{2}[0-9]{5}', 2),
  format('SV', '(?:CP)?[1-3][1-7][0-2][0-9]'),
  format('SZ', '[HLMS][0-9]{3}'),
  format('TA', 'TDCU1ZZ'),
  format('TC', 'TKCA1ZZ', -3),
  format('TW', '[0-9]{3}(?:[0-9]{2,3})?'),
  format('TZ', '[0-9]{4,5}'),
  format('UM', '96898'),
  format('US', '[0-9]{5}(?:[0-9]{4})?', 5, '-'),
  format('VA', '00120'),
  format('VC', 'VC[0-9]{4}'),
  format('VG', 'VG[0-9]{4}'),
  format('VI', '008(?:[0-4][0-9]|5[01])(?:[0-9]{4})?', 5, '-'),
  format('VN', '[0-9]{5,6}'),
  format('WF', '986[0-9]{2}'),
  format('XK', '[1-7][0-9]{4}'),
  format('YT', '976[0-9]{2}'),
];

/**
 * What may be written before a code and is no part of it: the sign of the country, beside its alpha-2 code.
 */
export const POSTAL_PREFIXES: readonly (readonly [country: string, prefix: string])[] = (
  'AT:A BE:B DE:D ES:E FI:FIN FR:F HU:H IT:I LI:FL LU:L NO:N PT:P SE:S ' +
  'AT:AT AX:AX AZ:AZ BE:BE BG:BG CH:CH CZ:CZ DE:DE DK:DK EE:EE ES:ES FI:FI FO:FO FR:FR GR:GR HR:HR HT:HT HU:HU ' +
  'IT:IT LI:LI LT:LT LU:LU MC:MC MD:MD MX:MX NL:NL NO:NO PL:PL PT:PT RO:RO RS:RS SE:SE SI:SI SK:SK'
)
  .split(' ')
  .map((one) => one.split(':') as [string, string]);
