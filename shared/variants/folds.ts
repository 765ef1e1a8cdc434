/** Lower-case Latin letters with marks, and ligatures, by what they are written as without. */
const FOLDED: readonly (readonly [plain: string, letters: string])[] = [
  ['a', 'àáâãäåāăąǎǟǡǻȁȃȧḁạảấầẩẫậắằẳẵặ'],
  ['ae', 'æǽǣ'],
  ['b', 'ḃḅḇ'],
  ['c', 'çćĉċčḉ'],
  ['d', 'ďḋḍḏḑḓđð'],
  ['e', 'èéêëēĕėęěȅȇȩḕḗḙḛḝẹẻẽếềểễệ'],
  ['f', 'ḟ'],
  ['g', 'ĝğġģǧǵḡ'],
  ['h', 'ĥȟḣḥḧḩḫẖħ'],
  ['i', 'ìíîïĩīĭįǐȉȋḭḯỉịı'],
  ['ij', 'ĳ'],
  ['j', 'ĵǰ'],
  ['k', 'ķǩḱḳḵĸ'],
  ['l', 'ĺļľḷḹḻḽł'],
  ['m', 'ḿṁṃ'],
  ['n', 'ñńņňǹṅṇṉṋŋŉ'],
  ['o', 'òóôõöōŏőơǒǫǭȍȏȫȭȯȱṍṏṑṓọỏốồổỗộớờởỡợøǿ'],
  ['oe', 'œ'],
  ['p', 'ṕṗ'],
  ['r', 'ŕŗřȑȓṙṛṝṟ'],
  ['s', 'śŝşšșṡṣṥṧṩſ'],
  ['ss', 'ß'],
  ['t', 'ţťțṫṭṯṱẗŧ'],
  ['th', 'þ'],
  ['u', 'ùúûüũūŭůűųưǔǖǘǚǜȕȗṳṵṷṹṻụủứừửữự'],
  ['v', 'ṽṿ'],
  ['w', 'ŵẁẃẅẇẉẘ'],
  ['x', 'ẋẍ'],
  ['y', 'ýÿŷȳẏẙỳỵỷỹ'],
  ['z', 'źżžẑẓẕ'],
];

/** Letters and what each is written as without its marks. */
export const FOLDS: Readonly<Record<string, string>> = Object.fromEntries(
  FOLDED.flatMap(([plain, letters]) => [...letters].map((letter) => [letter, plain])),
);
