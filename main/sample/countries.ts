/**
 * A country with invented places and with telephone numbers that its regulator keeps for fiction.
 * In a template `#` is any digit and a blank parts the groups; `A` stands for one of `areas`.
 */
export type Country = {
  readonly code: string;
  readonly weight: number;
  readonly currency: string;
  readonly cities: readonly string[];
  /** `#` any digit, `@` any capital letter. */
  readonly postalCode: string;
  readonly callingCode: string;
  /** What a number begins with when dialled within the country. */
  readonly trunk: string;
  /** What is dialled to call abroad. */
  readonly exit: string;
  readonly numbers: readonly string[];
  readonly areas: readonly string[];
};

const US_AREAS =
  '201 202 203 206 207 208 212 213 214 215 216 217 218 224 229 231 239 240 251 253 256 260 262 267 269 270 281 301 ' +
  '303 304 305 307 309 312 313 314 315 316 318 319 320 321 323 330 334 336 337 347 352 360 361 386 401 402 404 405 ' +
  '406 407 408 409 410 412 413 414 415 417 419 423 425 432 434 440 443 469 478 479 480 484 501 502 503 504 505 507 ' +
  '508 509 510 512 513 515 516 517 518 520 530 540 541 551 559 561 562 563 567 570 571 573 574 575 580 585 601 602 ' +
  '603 605 606 607 608 609 612 614 615 616 617 618 619 620 623 626 630 631 636 646 650 651 660 661 662 678 682 701';

export const COUNTRIES: readonly Country[] = [
  {
    code: 'US',
    weight: 30,
    currency: 'USD',
    cities: [
      'Cedar Hollow',
      'Fort Larkin',
      'Lake Amber',
      'New Brindle',
      'Port Merrin',
      'Silver Mesa',
      'Westmoor',
    ],
    postalCode: '#####',
    callingCode: '1',
    trunk: '',
    exit: '011',
    numbers: ['A 555 01##'],
    areas: US_AREAS.split(' '),
  },
  {
    code: 'GB',
    weight: 22,
    currency: 'GBP',
    cities: ['Ashcombe', 'Great Tarrow', 'Harrowmere', 'Kingsferry', 'Little Wend', 'Stonebridge'],
    postalCode: '@@# #@@',
    callingCode: '44',
    trunk: '0',
    exit: '00',
    numbers: [
      '20 7946 0###',
      '113 496 0###',
      '114 496 0###',
      '116 496 0###',
      '117 496 0###',
      '118 496 0###',
      '121 496 0###',
      '131 496 0###',
      '141 496 0###',
      '151 496 0###',
      '161 496 0###',
      '191 498 0###',
    ],
    areas: [],
  },
  {
    code: 'DE',
    weight: 18,
    currency: 'EUR',
    cities: ['Altenfurth', 'Bad Lindau', 'Grünwerder', 'Neuwaldstadt', 'Obersee', 'Steinmünde'],
    postalCode: '#####',
    callingCode: '49',
    trunk: '0',
    exit: '00',
    numbers: [
      '30 23125 ###',
      '69 90009 ###',
      '40 66969 ###',
      '221 4710 ###',
      '89 99998 ###',
      '171 39200 ##',
      '176 040690 ##',
    ],
    areas: [],
  },
  {
    code: 'FR',
    weight: 12,
    currency: 'EUR',
    cities: ['Beaulieu', 'Clairval', 'Montferrand', 'Pont-Levant', 'Saint-Corvin', 'Valombre'],
    postalCode: '#####',
    callingCode: '33',
    trunk: '0',
    exit: '00',
    numbers: ['1 99 00 ## ##', '2 61 91 ## ##', '3 53 01 ## ##', '4 65 71 ## ##', '5 36 49 ## ##'],
    areas: [],
  },
  {
    code: 'AU',
    weight: 7,
    currency: 'AUD',
    cities: ['Banksia Bay', 'Coolabah', 'Mount Ember', 'Wattle Creek'],
    postalCode: '####',
    callingCode: '61',
    trunk: '0',
    exit: '0011',
    numbers: [
      '2 5550 ####',
      '3 5550 ####',
      '7 5550 ####',
      '8 5550 ####',
      '2 7010 ####',
      '3 7010 ####',
      '491 570 006',
      '491 570 156',
      '491 570 157',
      '491 570 158',
    ],
    areas: [],
  },
  {
    code: 'CA',
    weight: 6,
    currency: 'CAD',
    cities: ['Birch Landing', 'Lac-Doré', 'North Harbour', 'Prairie Rose'],
    postalCode: '@#@ #@#',
    callingCode: '1',
    trunk: '',
    exit: '011',
    numbers: ['A 555 01##'],
    areas: '204 250 306 403 416 418 450 506 514 519 604 613 705 709 780 807 819 902 905'.split(' '),
  },
  {
    code: 'SE',
    weight: 5,
    currency: 'SEK',
    cities: ['Björkvik', 'Norrhamn', 'Skärholm', 'Ängsö'],
    postalCode: '### ##',
    callingCode: '46',
    trunk: '0',
    exit: '00',
    numbers: ['31 390 06 ##', '40 628 04 ##', '8 465 004 ##', '70 174 06 5#'],
    areas: [],
  },
];
