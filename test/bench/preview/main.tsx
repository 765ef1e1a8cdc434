import { createRoot } from 'react-dom/client';
import '../../../renderer/shell/tokens.css';
import '../../../renderer/shell/base.css';
import { startLookups } from '../../../renderer/engine/lookups';
import { createWasmEngine, type WasmEngine } from '../../../renderer/engine/wasm';
import { App } from '../../../renderer/shell/app';
import { applyAppearance } from '../../../renderer/shell/appearance';
import { WorkbenchProvider } from '../../../renderer/state/context';
import { createPreview } from '../../../renderer/state/preview/preview';
import { createWorkbench } from '../../../renderer/state/workbench';
import { benchHost, benchProject } from './host';

const query = new URLSearchParams(location.search);
const state = benchProject(Number(query.get('steps') ?? 99));
const lookups = startLookups(async () => null);
let started: Promise<WasmEngine> | null = null;

const engine = () => {
  started ??= createWasmEngine();
  return started;
};
const workbench = createWorkbench({
  host: benchHost(Number(query.get('rows') ?? 20_000), state),
  engine,
  createPreview: (store) => createPreview({ store, engine, lookups }),
});
Object.assign(window, { workbench });

applyAppearance();
if (query.has('theme')) document.documentElement.dataset.theme = query.get('theme') ?? '';
workbench.openProject(state);
createRoot(document.getElementById('root') as HTMLElement).render(
  <WorkbenchProvider workbench={workbench}>
    <App answer={lookups.answer} />
  </WorkbenchProvider>,
);
