import { copyFileSync, existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { freePorts } from './ports.mjs';
import { writeSite } from './site.mjs';

const HOST = '127.0.0.1';

/**
 * Starts HDFS, and YARN if asked, in one JVM.
 * @param {import('./workspace.mjs').Workspace} workspace
 * @param {{ yarn: boolean, classPath: string }} options
 */
export async function startHadoop(workspace, { yarn, classPath }) {
  const ports = await choosePorts();
  const confFolder = path.join(workspace.directory, 'conf');
  configure(workspace, confFolder, ports);
  const readyFile = path.join(workspace.directory, 'hadoop.ready');
  const daemon = workspace.spawn(
    'hadoop',
    workspace.java,
    [
      '-Xmx768m',
      ...workspace.jvmFlags,
      '-cp',
      `${confFolder}:${classPath}`,
      'Cluster',
      yarn ? 'yarn' : 'hdfs',
      readyFile,
    ],
    { HADOOP_CONF_DIR: confFolder },
  );
  await daemon.until(() => existsSync(readyFile), 120_000);

  const webhdfsUrl = `http://${HOST}:${ports.nameNodeHttp}/webhdfs/v1`;
  await makeFolder(webhdfsUrl, `/user/${workspace.user}`, 755, workspace.user);
  await makeFolder(webhdfsUrl, '/tmp', 1777, workspace.user);
  return {
    hadoopConfFolder: confFolder,
    hdfsUrl: `hdfs://${HOST}:${ports.nameNode}`,
    webhdfsUrl,
    yarnUrl: yarn ? `http://${HOST}:${ports.resourceManagerHttp}` : null,
  };
}

async function choosePorts() {
  const names = [
    ...['nameNode', 'nameNodeHttp', 'dataNode', 'dataNodeHttp', 'dataNodeIpc'],
    ...['resourceManager', 'scheduler', 'tracker', 'admin', 'resourceManagerHttp'],
    ...['nodeManager', 'localizer', 'nodeManagerHttp', 'collector'],
  ];
  const ports = await freePorts(names.length);
  return Object.fromEntries(names.map((name, index) => [name, ports[index]]));
}

function configure({ directory, markName, user }, confFolder, ports) {
  const at = (name) => `${HOST}:${ports[name]}`;
  const folder = (name) => path.join(directory, name);
  writeSite(path.join(confFolder, 'core-site.xml'), {
    'fs.defaultFS': `hdfs://${at('nameNode')}`,
    'hadoop.tmp.dir': folder('tmp'),
    'hadoop.security.authorization': false,
    'hadoop.http.staticuser.user': 'dr.who',
    // HttpFS speaks for its users.
    [`hadoop.proxyuser.${user}.hosts`]: HOST,
    [`hadoop.proxyuser.${user}.groups`]: '*',
  });
  writeSite(path.join(confFolder, 'hdfs-site.xml'), {
    'dfs.replication': 1,
    'dfs.namenode.name.dir': `file://${folder('namenode')}`,
    'dfs.namenode.rpc-address': at('nameNode'),
    'dfs.namenode.http-address': at('nameNodeHttp'),
    'dfs.namenode.safemode.extension': 0,
    'dfs.namenode.fs-limits.min-block-size': 1024,
    'dfs.datanode.data.dir': `file://${folder('datanode')}`,
    'dfs.datanode.hostname': HOST,
    'dfs.datanode.address': at('dataNode'),
    'dfs.datanode.http.address': at('dataNodeHttp'),
    'dfs.datanode.ipc.address': at('dataNodeIpc'),
    'dfs.client.block.write.replace-datanode-on-failure.policy': 'NEVER',
  });
  writeSite(path.join(confFolder, 'yarn-site.xml'), {
    'yarn.resourcemanager.hostname': HOST,
    'yarn.resourcemanager.bind-host': HOST,
    'yarn.resourcemanager.address': at('resourceManager'),
    'yarn.resourcemanager.scheduler.address': at('scheduler'),
    'yarn.resourcemanager.resource-tracker.address': at('tracker'),
    'yarn.resourcemanager.admin.address': at('admin'),
    'yarn.resourcemanager.webapp.address': at('resourceManagerHttp'),
    'yarn.resourcemanager.nodemanagers.heartbeat-interval-ms': 200,
    'yarn.nodemanager.hostname': HOST,
    'yarn.nodemanager.bind-host': HOST,
    'yarn.nodemanager.address': at('nodeManager'),
    'yarn.nodemanager.localizer.address': at('localizer'),
    'yarn.nodemanager.webapp.address': at('nodeManagerHttp'),
    'yarn.nodemanager.collector-service.address': at('collector'),
    'yarn.nodemanager.local-dirs': folder('yarn-local'),
    'yarn.nodemanager.log-dirs': folder('yarn-logs'),
    'yarn.nodemanager.env-whitelist': `JAVA_HOME,PATH,LANG,TZ,${markName}`,
    'yarn.nodemanager.resource.memory-mb': 6144,
    'yarn.nodemanager.resource.cpu-vcores': 8,
    'yarn.nodemanager.pmem-check-enabled': false,
    'yarn.nodemanager.vmem-check-enabled': false,
    'yarn.nodemanager.disk-health-checker.max-disk-utilization-per-disk-percentage': 99,
    'yarn.scheduler.minimum-allocation-mb': 128,
    'yarn.node-attribute.fs-store.root-dir': `file://${folder('node-attributes')}`,
    'yarn.node-labels.fs-store.root-dir': `file://${folder('node-labels')}`,
  });
  writeSite(path.join(confFolder, 'capacity-scheduler.xml'), {
    'yarn.scheduler.capacity.root.queues': 'default',
    'yarn.scheduler.capacity.root.default.capacity': 100,
    'yarn.scheduler.capacity.maximum-am-resource-percent': 1,
  });
  copyFileSync(path.join(import.meta.dirname, 'log4j.properties'), path.join(confFolder, 'log4j.properties'));
  // The daemons look for these on the class path; the published jars don't carry them.
  for (const name of ['hdfs', 'datanode'])
    mkdirSync(path.join(confFolder, 'webapps', name), { recursive: true });
}

async function makeFolder(webhdfsUrl, folder, permission, user) {
  const query = new URLSearchParams({ op: 'MKDIRS', permission: String(permission), 'user.name': user });
  const answer = await fetch(`${webhdfsUrl}${folder}?${query}`, { method: 'PUT' });
  if (!answer.ok) throw new Error(`HDFS answered ${answer.status} when asked for the folder ${folder}`);
}
