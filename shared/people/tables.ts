import type { AddressOptions } from './address';
import type { NameOptions } from './person-name';
import type { Spellings } from './words';

/** By lower case; `Mr` for `mr`. */
const byKey = (words: string): Spellings =>
  Object.fromEntries(words.split(' ').map((word) => [word.toLowerCase(), word]));

/**
 * Small tables by hand, after what names in registers of English, German, Dutch, Spanish, French, Italian and
 * Portuguese hold. Keys are ASCII, so that they are the same in lower case whatever the rules.
 */
const TITLES = byKey(
  'Mr Mrs Ms Miss Mx Dr Prof Sir Dame Rev Hon Capt Col Gen Maj Sgt Lt Herr Frau Dipl-Ing Ing Mag Mme Mlle Sra Srta ' +
    'Dott Sig Dhr Mevr Mw Drs Ir',
);
const SUFFIXES = byKey(
  'Jr Sr Jnr Snr II III IV 2nd 3rd PhD MD DDS DVM Esq CPA RN MBA JD MSc BSc OBE CBE MBE',
);
const PARTICLES =
  'van von vom zu zum zur af av de del della dello dei degli di da do das dos du des la las le los lo der den ter ten te ' +
  'op bin ibn bint al el';
const PREFIXES = 'san santa st saint sainte';
const SPELLINGS = byKey(
  'MacArthur MacAulay MacBride MacCallum MacDermott MacDonald MacDougall MacDowell MacDuff MacEwan MacFarlane ' +
    'MacGregor MacInnes MacIntosh MacIntyre MacIver MacKay MacKenzie MacKinnon MacLachlan MacLaren MacLean MacLeod ' +
    'MacMahon MacManus MacMillan MacNab MacNamara MacNeil MacNeill MacNicol MacPhail MacPherson MacQueen MacRae ' +
    'MacTavish',
);

/** What a name is read with, by these settings. */
export const nameOptions = (casing: NameOptions['casing'], order: NameOptions['order']): NameOptions => ({
  casing,
  order,
  longest: 200,
  titles: { ...TITLES },
  suffixes: { ...SUFFIXES },
  particles: PARTICLES.split(' '),
  prefixes: PREFIXES.split(' '),
  spellings: { ...SPELLINGS },
});

/** A line each: in full, abbreviated, other spellings. After USPS Publication 28, with usual British ones. */
const SUFFIXES_OF_STREETS = `
Alley Aly Allee Ally
Avenue Ave Av Aven Avn Avnue
Bend Bnd
Boulevard Blvd Boul Boulv
Bridge Brg
Bypass Byp
Circle Cir Circ Crcle
Close Cl
Court Ct Crt
Cove Cv
Creek Crk
Crescent Cres Crsnt
Crossing Xing Crssng
Drive Dr Drv Driv
Estate Est
Estates Ests
Expressway Expy Expwy
Freeway Fwy Freewy
Garden Gdn Grdn
Gardens Gdns Grdns
Glen Gln
Green Grn
Grove Grv Grov
Harbor Hbr Harbour
Heights Hts Hgts
Highway Hwy Hiway Hway
Hill Hl
Hills Hls
Hollow Holw
Island Is
Junction Jct Jctn
Lake Lk
Landing Lndg
Lane Ln
Manor Mnr
Meadow Mdw
Meadows Mdws
Mountain Mtn
Orchard Orch
Parkway Pkwy Parkwy Pkway Pky
Place Pl
Plaza Plz
Point Pt
Ridge Rdg
Road Rd
Route Rte
Shore Shr
Spring Spg
Springs Spgs
Square Sq Sqr
Station Sta Stn
Street St Str Strt
Summit Smt
Terrace Ter Terr
Trace Trce
Trail Trl
Turnpike Tpke Trnpk
Valley Vly
View Vw
Village Vlg
Vista Vis`;
const DIRECTIONS = `
North N
South S
East E
West W
Northeast NE
Northwest NW
Southeast SE
Southwest SW`;
const UNITS = `
Apartment Apt Appt
Building Bldg
Department Dept
Floor Fl Flr
Hangar Hngr
Lot Lot
Office Ofc
Room Rm
Space Spc
Suite Ste
Trailer Trlr
Unit Unit`;
const UNITS_ALONE = `
Basement Bsmt
Penthouse PH`;
const GERMAN_STREETS = ['stra\u00dfe', 'strasse', 'str.', 'str'];
const SMALL = 'of the and am an im zum zur der den dem des du sur';

export const ADDRESS_STYLES = ['keep', 'abbreviated', 'full'] as const;
export const ADDRESS_LANGUAGES = ['english', 'german'] as const;
type AddressStyle = (typeof ADDRESS_STYLES)[number];

function table(lines: string, style: AddressStyle): Spellings {
  if (style === 'keep') return {};
  const entries = lines
    .trim()
    .split('\n')
    .flatMap((line) => {
      const words = line.split(' ');
      const written = (style === 'full' ? words[0] : words[1]) ?? '';
      return words.map((word) => [word.toLowerCase(), written] as const);
    });
  return Object.fromEntries(entries);
}

function endings(style: AddressStyle): AddressOptions['endings'] {
  if (style === 'keep') return [];
  const [inside, atStart, capitals] =
    style === 'full' ? ['stra\u00dfe', 'Stra\u00dfe', 'STRASSE'] : ['str.', 'Str.', 'STR.'];
  return GERMAN_STREETS.map((one) => [one, inside ?? '', atStart ?? '', capitals ?? '']);
}

/** What an address is read with, by these settings. */
export function addressOptions(
  casing: AddressOptions['casing'],
  style: AddressStyle,
  language: (typeof ADDRESS_LANGUAGES)[number],
): AddressOptions {
  const english = language === 'english' ? style : 'keep';
  return {
    casing,
    longest: 500,
    boxes: english !== 'keep',
    suffixes: table(SUFFIXES_OF_STREETS, english),
    directions: table(DIRECTIONS, english),
    units: table(UNITS, english),
    alone: table(UNITS_ALONE, english),
    endings: language === 'german' ? endings(style) : [],
    small: SMALL.split(' '),
    spellings: { ...SPELLINGS, ...(language === 'english' ? byKey('NE NW SE SW PO') : {}) },
  };
}
