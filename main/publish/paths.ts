import { Fault } from '../../shared/contract/errors';

export type JobPaths = { readonly input: string; readonly output: string; readonly quarantine: string };

const tidy = (path: string) => path.replace(/\/+/g, '/').replace(/(?<=.)\/$/, '');
const isWithin = (path: string, folder: string) => path === folder || path.startsWith(`${folder}/`);

/**
 * The paths of a job without doubled or closing slashes. Throws a Fault (`publish.paths`) when they would get in
 * each other's way: an output within the input would be read by the next run, and of two at one place one is lost.
 */
export function checkJobPaths(given: JobPaths): JobPaths {
  const refuse = (message: string) => {
    throw new Fault({
      code: 'publish.paths',
      message,
      unaffected: 'Nothing was published.',
      advice: 'Choose folders of their own for output and quarantine.',
    });
  };
  const paths = { input: tidy(given.input), output: tidy(given.output), quarantine: tidy(given.quarantine) };
  for (const [role, path] of Object.entries(paths)) {
    if (!path.startsWith('/')) refuse(`The ${role} path must begin with “/”: ${path}.`);
    if (/[:\0]|\/\.\.?(\/|$)/.test(path)) refuse(`HDFS does not allow “:”, “.” or “..” in the ${role} path.`);
  }
  if (paths.output === '/' || paths.quarantine === '/') refuse('The root folder cannot be replaced.');
  const pairs = [
    ['output', 'quarantine'],
    ['output', 'input'],
    ['quarantine', 'input'],
  ] as const;
  for (const [one, other] of pairs) {
    if (isWithin(paths[one], paths[other]) || isWithin(paths[other], paths[one]))
      refuse(`The ${one} and the ${other} would stand at or within the same place.`);
  }
  return paths;
}
