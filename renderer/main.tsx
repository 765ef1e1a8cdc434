import './zod-settings';

import { CSPProvider } from '@base-ui/react/csp-provider';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './shell/tokens.css';
import './shell/base.css';
import { startLookups } from './engine/lookups';
import { createWasmEngine, type WasmEngine } from './engine/wasm';
import { connect } from './rpc/connect';
import { styleNonce } from './rpc/style-nonce';
import { App } from './shell/app';
import { applyAppearance } from './shell/appearance';
import { reportFault } from './shell/faults';
import { WorkbenchProvider } from './state/context';
import { keepHistories, keptHistory } from './state/kept-histories';
import { createPreview } from './state/preview/preview';
import { createWorkbench } from './state/workbench';

const host = connect();
const lookups = startLookups();
let started: Promise<WasmEngine> | null = null;
const engine = () => {
  started ??= createWasmEngine();
  return started;
};
const workbench = createWorkbench({
  host,
  engine,
  createPreview: (store) => createPreview({ store, engine, lookups }),
  recall: (...rules) => keptHistory(window.sessionStorage, ...rules),
});
window.addEventListener('pagehide', () => keepHistories(window.sessionStorage, workbench.store.getState()));

applyAppearance();
host.onClose((reason) =>
  reportFault(reason, 'Talking to the host', {
    label: 'Reload the window',
    run: () => window.location.reload(),
  }),
);
// A project that the shell was started with, or that was open before a reload.
await host
  .call('project.current', {})
  .then(workbench.openProject, (error: unknown) => reportFault(error, 'Opening'));

createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <CSPProvider nonce={styleNonce()}>
      <WorkbenchProvider workbench={workbench}>
        <App answer={lookups.answer} />
      </WorkbenchProvider>
    </CSPProvider>
  </StrictMode>,
);
