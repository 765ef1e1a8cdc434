/** Languages in which names of months and weekdays are known. */
export const LANGUAGES = ['en', 'de', 'es', 'fr', 'it', 'nl', 'pt'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Names from January, or Monday, on; the first spelling is written, all are read, in any letter case. */
type Names = {
  readonly months: readonly string[];
  readonly shortMonths: readonly string[];
  readonly weekdays: readonly string[];
  readonly shortWeekdays: readonly string[];
};
const list = (names: string) => names.split(' ');

/** Spellings of one name are parted by |. */
export const DATE_NAMES: Record<Language, Names> = {
  en: {
    months: list('January February March April May June July August September October November December'),
    shortMonths: list('Jan Feb Mar Apr May Jun Jul Aug Sep|Sept Oct Nov Dec'),
    weekdays: list('Monday Tuesday Wednesday Thursday Friday Saturday Sunday'),
    shortWeekdays: list('Mon Tue|Tues Wed Thu|Thur|Thurs Fri Sat Sun'),
  },
  de: {
    months: list(
      'Januar|Jänner Februar|Feber März April Mai Juni Juli August September Oktober November Dezember',
    ),
    shortMonths: list('Jan|Jän Feb Mär|Mrz Apr Mai Jun Jul Aug Sep|Sept Okt Nov Dez'),
    weekdays: list('Montag Dienstag Mittwoch Donnerstag Freitag Samstag|Sonnabend Sonntag'),
    shortWeekdays: list('Mo Di Mi Do Fr Sa So'),
  },
  es: {
    months: list(
      'enero febrero marzo abril mayo junio julio agosto septiembre|setiembre octubre noviembre diciembre',
    ),
    shortMonths: list('ene feb mar abr may jun jul ago sep|sept|set oct nov dic'),
    weekdays: list('lunes martes miércoles jueves viernes sábado domingo'),
    shortWeekdays: list('lun mar mié jue vie sáb dom'),
  },
  fr: {
    months: list('janvier février mars avril mai juin juillet août septembre octobre novembre décembre'),
    shortMonths: list('janv|jan févr|fév mars|mar avr mai juin juil|jul août|aoû sept|sep oct nov déc'),
    weekdays: list('lundi mardi mercredi jeudi vendredi samedi dimanche'),
    shortWeekdays: list('lun mar mer jeu ven sam dim'),
  },
  it: {
    months: list(
      'gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre',
    ),
    shortMonths: list('gen feb mar apr mag giu lug ago set|sett ott nov dic'),
    weekdays: list('lunedì martedì mercoledì giovedì venerdì sabato domenica'),
    shortWeekdays: list('lun mar mer gio ven sab dom'),
  },
  nl: {
    months: list('januari februari maart april mei juni juli augustus september oktober november december'),
    shortMonths: list('jan feb mrt|maa apr mei jun jul aug sep|sept okt nov dec'),
    weekdays: list('maandag dinsdag woensdag donderdag vrijdag zaterdag zondag'),
    shortWeekdays: list('ma di wo do vr za zo'),
  },
  pt: {
    months: list('janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro'),
    shortMonths: list('jan fev mar abr mai jun jul ago set out nov dez'),
    weekdays: list(
      'segunda-feira|segunda terça-feira|terça quarta-feira|quarta quinta-feira|quinta sexta-feira|sexta sábado domingo',
    ),
    shortWeekdays: list('seg ter qua qui sex sáb dom'),
  },
};
