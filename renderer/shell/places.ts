/** The three places of the window, in the order of their keys. */
export const places = [
  { id: 'clean', title: 'Clean', keys: 'Mod+1' },
  { id: 'analyse', title: 'Analyse', keys: 'Mod+2' },
  { id: 'publish', title: 'Publish', keys: 'Mod+3' },
] as const;
export type Place = (typeof places)[number]['id'];
