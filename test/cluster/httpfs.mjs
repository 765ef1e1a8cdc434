import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { freePorts } from './ports.mjs';
import { writeSite } from './site.mjs';

const HOST = '127.0.0.1';

/**
 * Starts HttpFS, a gateway that serves HDFS at one address, redirects to itself alone and reads for its clients.
 * @param {import('./workspace.mjs').Workspace} workspace
 * @param {{ hdfsUrl: string, classPath: string }} options
 */
export async function startHttpFs(workspace, { hdfsUrl, classPath }) {
  const home = path.join(workspace.directory, 'httpfs');
  const folder = (name) => path.join(home, name);
  for (const name of ['conf', 'log', 'temp']) mkdirSync(folder(name), { recursive: true });
  const [port] = await freePorts(1);
  const secret = path.join(folder('conf'), 'secret');
  writeFileSync(secret, 'of the tests alone');
  writeSite(path.join(folder('conf'), 'httpfs-site.xml'), {
    'httpfs.http.hostname': HOST,
    'httpfs.http.port': port,
    'httpfs.hadoop.config.dir': folder('conf'),
    'httpfs.authentication.signature.secret.file': secret,
  });
  writeSite(path.join(folder('conf'), 'core-site.xml'), { 'fs.defaultFS': hdfsUrl });
  for (const name of ['log4j.properties', 'httpfs-log4j.properties']) {
    copyFileSync(path.join(import.meta.dirname, 'log4j.properties'), path.join(folder('conf'), name));
  }
  const daemon = workspace.spawn('httpfs', workspace.java, [
    '-Xmx256m',
    ...workspace.jvmFlags,
    // its Jersey makes classes as Java 8 let it
    ...['--add-opens', 'java.base/java.lang=ALL-UNNAMED'],
    `-Dhttpfs.home.dir=${home}`,
    ...['config', 'log', 'temp'].map(
      (name) => `-Dhttpfs.${name}.dir=${folder(name === 'config' ? 'conf' : name)}`,
    ),
    ...['-cp', `${folder('conf')}:${classPath}`, 'org.apache.hadoop.fs.http.server.HttpFSServerWebServer'],
  ]);
  const httpFsUrl = `http://${HOST}:${port}`;
  const query = `op=GETHOMEDIRECTORY&user.name=${workspace.user}`;
  await daemon.until(
    () =>
      fetch(`${httpFsUrl}/webhdfs/v1/?${query}`).then(
        (answer) => answer.ok,
        () => false,
      ),
    60_000,
  );
  return { httpFsUrl };
}
