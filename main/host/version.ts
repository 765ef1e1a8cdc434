import { version as packageVersion } from '../../package.json';

/** The program's own version. */
export const version: string = packageVersion;
