import { readFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { version as duckdbVersion } from '@duckdb/node-api';
import type { AppContract } from '../../shared/contract/contract';
import type { Handlers } from '../../shared/contract/define';
import { PHONE_METADATA_VERSION } from '../../shared/lookup/phone-options';
import { findSpark, type Spark } from '../verify/spark-local';
import type { HostOptions } from './host';

type Calls = Pick<Handlers<AppContract>, 'app.info' | 'app.choosePath'>;

/** Version of a Spark: from `version.py` of the Python package, or from `RELEASE` of a distribution. */
async function sparkVersion({ sparkHome }: Spark): Promise<string> {
  for (const name of ['version.py', 'RELEASE']) {
    const text = await readFile(join(sparkHome, name), 'utf8').catch(() => '');
    const found = /(?:__version__\b.*"|Spark )(\d+\.\d+\.\d+)/.exec(text)?.[1];
    if (found) return found;
  }
  return 'unknown';
}

/** The calls about the program itself. */
export function createAppHandlers({ shell, version, choosePath }: HostOptions): Calls {
  return {
    'app.info': async () => {
      const spark = findSpark();
      return {
        version,
        shell,
        duckdb: duckdbVersion(),
        spark: spark && (await sparkVersion(spark)),
        phoneMetadata: PHONE_METADATA_VERSION,
        cores: cpus().length,
      };
    },
    'app.choosePath': async (input) =>
      choosePath ? { path: await choosePath(input), unavailable: false } : { path: null, unavailable: true },
  };
}
