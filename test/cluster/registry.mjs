import { readdirSync } from 'node:fs';
import path from 'node:path';
import { freePorts } from './ports.mjs';

/**
 * Starts the schema registry, empty, in memory.
 * @param {import('./workspace.mjs').Workspace} workspace
 * @param {{ folder: string }} options where its program is
 * @returns {Promise<string>} its address, with Confluent's API below it
 */
export async function startRegistry(workspace, { folder }) {
  const [port] = await freePorts(1);
  const jar = readdirSync(folder).find((name) => name.endsWith('-runner.jar'));
  const server = workspace.spawn(
    'registry',
    workspace.java,
    [
      ...['-Xmx384m', ...workspace.jvmFlags],
      '-Dquarkus.http.host=127.0.0.1',
      `-Dquarkus.http.port=${port}`,
      '-Dquarkus.management.enabled=false',
      '-Dapicurio.storage.kind=sql',
      '-Dapicurio.storage.sql.kind=h2',
      '-Dapicurio.datasource.url=jdbc:h2:mem:registry;DB_CLOSE_DELAY=-1',
      ...['-jar', path.join(folder, jar)],
    ],
    {},
  );
  const url = `http://127.0.0.1:${port}/apis/ccompat/v7`;
  await server.until(async () => (await fetch(`${url}/subjects`).catch(() => null))?.ok === true, 120_000);
  return url;
}
