/** The folder of a path, with the separators of any system. */
export const folder = (path: string): string => path.replace(/[\\/][^\\/]*$/, '') || '/';

/** The last part of a path. */
export const fileName = (path: string): string => path.split(/[\\/]/).at(-1) ?? path;
