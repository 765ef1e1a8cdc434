export interface KerberosCluster {
  /** Web addresses of the two NameNodes; the first is the active one at the start. */
  urls: [string, string];
  /** Whose ticket is there. */
  user: string;
  /** What a process needs to find the KDC and the ticket. */
  environment: Record<string, string>;
  /** Makes a NameNode the active one, and the other one standby. */
  activate(index: 0 | 1): Promise<void>;
  /** Makes both standby. */
  standby(): Promise<void>;
  stopNameNode(index: 0 | 1): Promise<void>;
  stop(): Promise<void>;
}

/** A real KDC and HDFS with two NameNodes, where everybody signs in by Kerberos. */
export function startKerberos(options?: { log?: (line: string) => void }): Promise<KerberosCluster>;
