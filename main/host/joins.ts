import type { AppContract } from '../../shared/contract/contract';
import type { Handlers } from '../../shared/contract/define';
import type { JoinSide } from '../../shared/document/join';
import { fileDialect } from '../reading/file-dialect';
import { checkJoin, type SideGiven } from '../run/check-join';
import type { Projects } from './projects';
import { localOnly } from './runs';

/** The calls about the keys that join sources. */
export function createJoinHandlers(
  projects: Pick<Projects, 'source' | 'join'>,
): Pick<Handlers<AppContract>, 'join.check'> {
  const given = (side: JoinSide): SideGiven => {
    const { source, ruleSet } = projects.source(side.source);
    localOnly(source, 'Its keys are counted in the sample only.');
    return {
      name: source.name,
      path: source.path,
      dialect: fileDialect(source.dialect, source.name),
      ruleSet,
      side,
    };
  };
  return {
    'join.check': async ({ join: id }, { signal, progress }) => {
      const { from, to } = projects.join(id);
      const since = performance.now();
      const checked = await checkJoin({ from: given(from), to: given(to), signal, onProgress: progress });
      return { ...checked, seconds: (performance.now() - since) / 1000 };
    },
  };
}
