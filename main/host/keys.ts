import type { AppContract } from '../../shared/contract/contract';
import type { Handlers } from '../../shared/contract/define';
import { Fault } from '../../shared/contract/errors';
import { isLongEnough, shortKey } from '../../shared/lookup/key';
import { findKey, giveKey, setKeyring } from '../engine/keys';
import type { Safe } from './safe';

type Calls = Pick<Handlers<AppContract>, 'keys.find' | 'keys.give'>;

/** The calls about secret keys. Without a safe keys last as long as the session. */
export function createKeyHandlers(safe: Safe | null): Calls {
  setKeyring(safe && { find: safe.find, keep: (name, key) => safe.keep({ [name]: key }) });
  return {
    'keys.find': async ({ name }) => ({ key: await findKey(name), keyring: safe !== null }),
    'keys.give': async ({ name, key, keep }) => {
      if (!isLongEnough(key)) throw shortKey(name);
      if (keep && safe === null) {
        throw new Fault({
          code: 'key.keyring',
          message: 'There is no keyring on this computer that would keep the key.',
          unaffected: 'The rules are as they were.',
          advice: 'Use the key for this session only.',
        });
      }
      if (keep) await safe?.keep({ [name]: key });
      giveKey(name, key);
      return {};
    },
  };
}
