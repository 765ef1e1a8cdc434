import { z } from 'zod';
import { sourceDialectSchema } from './dialect';
import { joinSchema } from './join';
import { projectMigrations, ruleSetMigrations } from './migrations';
import { parseDocument, validateDocument } from './parse';
import { RULE_SET_FORMAT, RULE_SET_VERSION, type RuleSet, ruleSetSchema } from './rule-set';
import { samplingSchema, USUAL_SAMPLING } from './sampling';

export const PROJECT_FORMAT = 'dataharmonize/project';
export const PROJECT_VERSION = 1;

export const sourceRoleSchema = z.enum(['customers', 'transactions', 'events', 'other']);
export type SourceRole = z.output<typeof sourceRoleSchema>;

/** Where records come from. `connection` names an entry of the connections file; `local` is this machine. */
export const sourceSchema = z.strictObject({
  id: z.string().min(1),
  name: z.string().min(1),
  role: sourceRoleSchema.default('other'),
  connection: z.string().min(1).default('local'),
  path: z.string().min(1),
  dialect: sourceDialectSchema,
  /** How samples of it are drawn. */
  sampling: samplingSchema.default(USUAL_SAMPLING),
});
export type Source = z.output<typeof sourceSchema>;

export const projectSchema = z.strictObject({
  format: z.literal(PROJECT_FORMAT),
  version: z.literal(PROJECT_VERSION),
  name: z.string().min(1).max(200),
  sources: z.array(sourceSchema),
  /** Rule sets by the id of the source they clean. */
  ruleSets: z.record(z.string(), ruleSetSchema),
  /** Keys that join sources; projects from before there were any have none. */
  joins: z.array(joinSchema).max(200).default([]),
});
export type Project = z.output<typeof projectSchema>;

const ruleSetKind = {
  noun: 'rule set',
  format: RULE_SET_FORMAT,
  version: RULE_SET_VERSION,
  schema: ruleSetSchema,
  migrations: ruleSetMigrations,
};
const projectKind = {
  noun: 'project',
  format: PROJECT_FORMAT,
  version: PROJECT_VERSION,
  schema: projectSchema,
  migrations: projectMigrations,
};

/** Reads a rule set from JSON text; throws a Fault naming file and place. */
export const parseRuleSet = (source: string, file: string): RuleSet =>
  parseDocument(ruleSetKind, source, file);
/** Checks data that claims to be a rule set. */
export const validateRuleSet = (data: unknown, file: string): RuleSet =>
  validateDocument(ruleSetKind, data, file);
/** Reads a project from JSON text; throws a Fault naming file and place. */
export const parseProject = (source: string, file: string): Project =>
  parseDocument(projectKind, source, file);

/** A project with no sources. */
export function emptyProject(name: string): Project {
  return { format: PROJECT_FORMAT, version: PROJECT_VERSION, name, sources: [], ruleSets: {}, joins: [] };
}
