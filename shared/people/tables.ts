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
