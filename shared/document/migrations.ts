/** Turns a document of version `from` into one of version `from + 1`, in place of the older reader. */
export type Migration = {
  readonly from: number;
  readonly migrate: (data: Record<string, unknown>) => Record<string, unknown>;
};

/** Numbered migrations of rule sets; version 1 is the first. */
export const ruleSetMigrations: readonly Migration[] = [];
/** Numbered migrations of projects; version 1 is the first. */
export const projectMigrations: readonly Migration[] = [];

type OldConnection = Record<string, unknown>;

/** One WebHDFS address became a list of NameNodes, with a way to sign in. */
const severalNameNodes = ({ webhdfs, ...connection }: OldConnection): OldConnection =>
  connection.kind === 'hdfs' ? { ...connection, nameNodes: [webhdfs], signIn: 'simple' } : connection;

/** Numbered migrations of files of connections. */
export const connectionMigrations: readonly Migration[] = [
  {
    from: 1,
    migrate: ({ connections, ...data }) => ({
      ...data,
      connections: Array.isArray(connections) ? connections.map(severalNameNodes) : connections,
    }),
  },
];

/** Runs each migration from the document's version up to the current one. A missing number is a fault of ours. */
export function migrate(
  data: Record<string, unknown>,
  from: number,
  to: number,
  migrations: readonly Migration[],
): Record<string, unknown> {
  let current = data;
  for (let version = from; version < to; version++) {
    const step = migrations.find((one) => one.from === version);
    if (!step) throw new Error(`There is no migration from version ${version}.`);
    current = { ...step.migrate(current), version: version + 1 };
  }
  return current;
}
