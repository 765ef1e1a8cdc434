import { canonicalJson } from '../compile/hash';
import { Fault } from '../contract/errors';
import { type Join, type NewJoin, newJoinSchema } from '../document/join';
import type { Project } from '../document/project';

const refused = (message: string) =>
  new Fault({
    code: 'project.join',
    message,
    unaffected: 'The project is as it was.',
    advice: 'Choose two sources of the project and as many columns of each.',
  });

function checked(project: Project, join: NewJoin, others: readonly Join[]): NewJoin {
  const read = newJoinSchema.safeParse(join);
  if (!read.success)
    throw refused(`This cannot be joined: ${read.error.issues[0]?.message ?? 'it is wrong'}.`);
  const missing = [join.from, join.to].find(
    ({ source }) => !project.sources.some((one) => one.id === source),
  );
  if (missing) throw refused(`There is no source “${missing.source}” in this project.`);
  const sides = canonicalJson([join.from, join.to]);
  if (others.some(({ from, to }) => canonicalJson([from, to]) === sides))
    throw refused('These columns are joined already.');
  return read.data;
}

/** A project with one more join. @throws Fault `project.join` */
export const withJoin = (project: Project, id: string, join: NewJoin): Project => ({
  ...project,
  joins: [...project.joins, { id, ...checked(project, join, project.joins) }],
});

function others(project: Project, id: string): readonly Join[] {
  if (!project.joins.some((one) => one.id === id)) throw refused(`There is no join “${id}” in this project.`);
  return project.joins.filter((one) => one.id !== id);
}

/** A project with a join in another form, in its place. @throws Fault `project.join` */
export function withChangedJoin(project: Project, { id, ...join }: Join): Project {
  const changed = { id, ...checked(project, join, others(project, id)) };
  return { ...project, joins: project.joins.map((one) => (one.id === id ? changed : one)) };
}

/** A project without a join. @throws Fault `project.join` */
export const withoutJoin = (project: Project, id: string): Project => ({
  ...project,
  joins: [...others(project, id)],
});

/** The joins that stay when a source is taken out. */
export const joinsWithout = ({ joins }: Project, source: string): Join[] =>
  joins.filter(({ from, to }) => from.source !== source && to.source !== source);
