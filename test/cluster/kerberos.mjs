import { copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { ensureHdfsVariants } from '../../build/setup/cluster.mjs';
import { ensurePrograms } from '../../build/setup/debian.mjs';
import { freePorts } from './ports.mjs';
import { writeSite } from './site.mjs';
import { openWorkspace } from './workspace.mjs';

// By this name, not by address: tickets are for names.
const HOST = 'localhost';

/** See kerberos.d.mts. */
export async function startKerberos({ log = () => {} } = {}) {
  await ensurePrograms({ curl: 'curl' }, log);
  const { kerberos } = await ensureHdfsVariants({ log });
  const workspace = openWorkspace();
  try {
    const names = ['rpc0', 'rpc1', 'http0', 'http1', 'data', 'dataHttp', 'dataIpc', 'control'];
    const found = await freePorts(names.length);
    const ports = Object.fromEntries(names.map((name, index) => [name, found[index]]));
    const conf = path.join(workspace.directory, 'conf');
    configure(workspace.directory, conf, ports);
    const krb5 = path.join(workspace.directory, 'krb5.conf');
    const flags = ['-Xmx640m', ...workspace.jvmFlags, '-Djava.net.preferIPv4Stack=true'];
    const daemon = workspace.spawn(
      'kerberos',
      workspace.java,
      [...flags, '-cp', `${conf}:${kerberos}`, 'Kerberos', workspace.directory, String(ports.control)],
      { HADOOP_CONF_DIR: conf },
    );
    const ready = path.join(workspace.directory, 'ready');
    await daemon.until(() => existsSync(ready), 120_000);
    const control = async (command) => {
      const answer = await fetch(`http://127.0.0.1:${ports.control}/${command}`);
      if (!answer.ok) throw new Error(`${command}: ${await answer.text()}`);
    };
    return {
      urls: [`http://${HOST}:${ports.http0}`, `http://${HOST}:${ports.http1}`],
      user: 'ann',
      environment: { KRB5_CONFIG: krb5, KRB5CCNAME: `FILE:${path.join(workspace.directory, 'ann.ticket')}` },
      activate: (index) => control(`active/${index}`),
      standby: () => control('standby'),
      stopNameNode: (index) => control(`stop/${index}`),
      stop: () => workspace.close(),
    };
  } catch (error) {
    await workspace.close();
    throw error;
  }
}

function configure(directory, conf, ports) {
  const folder = (name) => path.join(directory, name);
  const service = 'hdfs/localhost@EXAMPLE.COM';
  const keytab = folder('services.keytab');
  const secret = folder('signature-secret');
  writeFileSync(secret, 'of the tests alone');
  writeSite(path.join(conf, 'core-site.xml'), {
    'fs.defaultFS': 'hdfs://shop',
    'hadoop.tmp.dir': folder('tmp'),
    'hadoop.security.authentication': 'kerberos',
    'hadoop.security.authorization': true,
    'hadoop.http.filter.initializers': 'org.apache.hadoop.hdfs.web.AuthFilterInitializer',
    'hadoop.http.authentication.type': 'kerberos',
    'hadoop.http.authentication.kerberos.principal': 'HTTP/localhost@EXAMPLE.COM',
    'hadoop.http.authentication.kerberos.keytab': keytab,
    'hadoop.http.authentication.signature.secret.file': secret,
    // ann@EXAMPLE.COM is ann.
    'hadoop.security.auth_to_local': 'DEFAULT',
  });
  writeSite(path.join(conf, 'hdfs-site.xml'), {
    'dfs.nameservices': 'shop',
    'dfs.ha.namenodes.shop': 'nn0,nn1',
    ...Object.fromEntries(
      [0, 1].flatMap((index) => [
        [`dfs.namenode.rpc-address.shop.nn${index}`, `${HOST}:${ports[`rpc${index}`]}`],
        [`dfs.namenode.http-address.shop.nn${index}`, `${HOST}:${ports[`http${index}`]}`],
        [`dfs.namenode.name.dir.shop.nn${index}`, `file://${folder(`namenode-${index}`)}`],
      ]),
    ),
    'dfs.namenode.shared.edits.dir': `file://${folder('edits')}`,
    'dfs.client.failover.proxy.provider.shop':
      'org.apache.hadoop.hdfs.server.namenode.ha.ConfiguredFailoverProxyProvider',
    'dfs.ha.fencing.methods': 'shell(true)',
    'dfs.ha.tail-edits.period': '1s',
    'dfs.ha.tail-edits.in-progress': false,
    'dfs.replication': 1,
    'dfs.namenode.safemode.extension': 0,
    'dfs.namenode.kerberos.principal': service,
    'dfs.namenode.keytab.file': keytab,
    'dfs.datanode.kerberos.principal': service,
    'dfs.datanode.keytab.file': keytab,
    'dfs.web.authentication.kerberos.principal': 'HTTP/localhost@EXAMPLE.COM',
    'dfs.web.authentication.kerberos.keytab': keytab,
    'dfs.block.access.token.enable': true,
    'ignore.secure.ports.for.testing': true,
    'dfs.datanode.data.dir': `file://${folder('datanode')}`,
    'dfs.datanode.hostname': HOST,
    'dfs.datanode.address': `${HOST}:${ports.data}`,
    'dfs.datanode.http.address': `${HOST}:${ports.dataHttp}`,
    'dfs.datanode.ipc.address': `${HOST}:${ports.dataIpc}`,
  });
  copyFileSync(path.join(import.meta.dirname, 'log4j.properties'), path.join(conf, 'log4j.properties'));
  for (const name of ['hdfs', 'datanode']) mkdirSync(path.join(conf, 'webapps', name), { recursive: true });
}
