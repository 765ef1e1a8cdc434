import { z } from 'zod';
import { sourceDialectSchema } from '../../document/dialect';
import { editSchema } from '../../document/edit';
import { joinSchema, newJoinSchema } from '../../document/join';
import { projectSchema, sourceRoleSchema } from '../../document/project';
import { ruleSetSchema } from '../../document/rule-set';
import { samplingSchema } from '../../document/sampling';
import { call } from '../define';

/** A project as the window shows it. */
export const projectStateSchema = z.strictObject({
  path: z.string(),
  project: projectSchema,
  /** Edits that the journal held when the project was opened: what an unclean end would have lost. */
  recovered: z.number().int(),
  /** Where edits were put aside: another program had written the project file that they were made to. */
  aside: z.string().optional(),
  /** Sequence of the last edit the host has; the window's next edit is one more. */
  sequence: z.number().int(),
});
export type ProjectState = z.output<typeof projectStateSchema>;

/** Calls about the open project. The host keeps its rule sets; the window holds a copy and sends edits. */
export const projectCalls = {
  'project.current': call({ input: z.strictObject({}), output: projectStateSchema.nullable() }),
  'project.recent': call({
    input: z.strictObject({}),
    output: z.array(z.strictObject({ path: z.string(), name: z.string(), opened: z.string() })),
  }),
  'project.openSample': call({
    input: z.strictObject({}),
    output: projectStateSchema,
    progress: z.strictObject({ table: z.string(), rows: z.number(), of: z.number() }),
  }),
  'project.open': call({ input: z.strictObject({ path: z.string().min(1) }), output: projectStateSchema }),
  'project.create': call({
    input: z.strictObject({ path: z.string().min(1), name: z.string().min(1).max(200) }),
    output: projectStateSchema,
  }),
  'project.close': call({ input: z.strictObject({}), output: z.strictObject({}) }),
  /**
   * Answered once the edit is in the journal on disk. `sequence` counts edits from 1 and must follow the last;
   * `project` is the path of the project that the window shows, `window` its own name.
   */
  'project.edit': call({
    input: z.strictObject({
      project: z.string(),
      window: z.string(),
      source: z.string(),
      sequence: z.number().int().min(1),
      edit: editSchema,
    }),
    output: z.strictObject({ saved: z.string() }),
  }),
  'project.addSource': call({
    input: z.strictObject({
      connection: z.string(),
      path: z.string().min(1),
      name: z.string().min(1).optional(),
      role: sourceRoleSchema.default('other'),
      dialect: sourceDialectSchema,
      sampling: samplingSchema.optional(),
    }),
    output: projectStateSchema,
  }),
  /** How samples of a source are drawn from now on; the project keeps it. */
  'project.setSampling': call({
    input: z.strictObject({ source: z.string(), sampling: samplingSchema }),
    output: projectStateSchema,
  }),
  'project.removeSource': call({ input: z.strictObject({ source: z.string() }), output: projectStateSchema }),
  /** A fault `project.join` for sides that the project lacks, or a join that it has already. */
  'project.addJoin': call({ input: z.strictObject({ join: newJoinSchema }), output: projectStateSchema }),
  'project.changeJoin': call({ input: z.strictObject({ join: joinSchema }), output: projectStateSchema }),
  'project.removeJoin': call({ input: z.strictObject({ join: z.string() }), output: projectStateSchema }),
  'project.importRules': call({
    input: z.strictObject({ source: z.string(), path: z.string().min(1) }),
    output: projectStateSchema,
  }),
  'project.exportRules': call({
    input: z.strictObject({ source: z.string(), path: z.string().min(1) }),
    output: z.strictObject({ path: z.string(), ruleSet: ruleSetSchema }),
  }),
};
