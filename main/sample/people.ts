/** Given and family names, mixed at will: no row is about anyone. */
export const GIVEN_NAMES: readonly string[] = (
  'Ada Adrian Agnes Aino Albert Alice Amélie Amir Ana Anders Anke Anna Anton Arthur Astrid Aurélie Ben Bianca ' +
  'Björn Bruno Camille Carla Cedric Chloé Clara Conor Dana Daniel Darius Deborah Diego Dora Edgar Elena Elif Elin ' +
  'Emil Emma Erik Eva Fatima Felix Fiona Florian Frances François Freja Gabriel George Gerd Grace Greta Gustav ' +
  'Hanna Harriet Hassan Hélène Henrik Hugo Ida Ingrid Irene Isaac Ivan Jana Jasper Joan Joël Jonas Joseph Julia ' +
  'Jürgen Kai Karin Kenji Kirsten Laila Lars Laura Léa Leon Lina Louis Lucía Magnus Maja Marc Margot Maria Mateo ' +
  'Max Mei Mila Miriam Nadia Niels Nina Noah Nora Olga Olivier Oscar Otto Paula Peter Philip Priya Quentin Rachel ' +
  'Ravi René Rosa Ruth Samuel Sara Sebastian Sofia Sören Stella Tariq Theo Thérèse Tilda Tom Ulrike Ursula Vera ' +
  'Victor Viola Walter Wendy Xavier Yara Yusuf Zoe'
).split(' ');

export const FAMILY_NAMES: readonly string[] = (
  'Abbott Adler Almeida Andersson Ashdown Aubert Baker Bauer Becker Bellamy Berger Bergström Bianchi Blackwood ' +
  'Blanchard Boyd Brandt Brennan Byrne Caldwell Carver Castell Chen Clarke Corbin Costa Crane Dahl Dalton Delacroix ' +
  'Dietrich Dubois Dunn Eklund Ellison Engel Fairweather Faure Fischer Fletcher Forsberg Fournier Fox Garnier ' +
  'Gärtner Gibbs Girard Graf Grant Green Grünwald Haas Hale Hansen Hartley Hayashi Heath Hedlund Hoffmann Holm ' +
  'Huber Ibsen Ito Jansen Jensen Joshi Kane Kaplan Keller Khan Klein Köhler Kowalski Krüger Lacroix Lambert Lang ' +
  'Larsen Leclerc Lee Lindqvist Locke Lund Maier Marchand Marlowe Marsh McKenna Mercer Møller Moreau Müller Nair ' +
  "Nash Neumann Nguyen Nilsson Noël Norton Novak O'Hara Okafor Olsen Ortega Osborne Park Patel Perrin Petit Pike " +
  'Pohl Porter Quinn Reid Renard Richter Rivera Rossi Roth Rousseau Ryder Sandberg Santos Sato Schäfer Schmitt ' +
  'Schröder Shaw Silva Sinclair Singh Sjöberg Sterling Stone Strand Suzuki Tanaka Thorne Tremblay Vance Vogel ' +
  'Wagner Walsh Weber Weiss West Whitaker Winter Wolf Yilmaz Young Zimmermann'
).split(' ');

const LETTERS: Readonly<Record<string, string>> = { ø: 'o', ß: 'ss', ł: 'l' };

/** The letters a to z of a name, as they go into an e-mail address. */
export const asciiLetters = (name: string): string =>
  name
    .toLowerCase()
    .normalize('NFD')
    .replace(/[øßł]/g, (letter) => LETTERS[letter] ?? '')
    .replace(/[^a-z]/g, '');

/** Domains that RFC 2606 and RFC 6761 reserve: mail to them reaches no one. */
export const MAIL_DOMAINS: readonly string[] = [
  'example.com',
  'example.org',
  'example.net',
  'mail.example',
  'post.example',
  'inbox.test',
];

/** The domain of the shop's own test accounts. */
export const TEST_DOMAIN = 'qa.test';

export const NOTES: readonly string[] = [
  'Prefers to be called in the morning',
  'Asked for "gift wrap", twice',
  'Leave parcels with the neighbour, second floor',
  'Wholesale enquiry: wants 12, not 10',
  'Returned the "Lagoon" lamp, refunded',
  'VIP since the spring sale',
  'Moved house; new address to be confirmed',
  'Speaks French, German and some Swedish',
  'Invoice by e-mail, please',
  'Said: "never on Mondays"',
  'Paid by bank transfer, 14 days',
  'Has two accounts, see the older one',
];
