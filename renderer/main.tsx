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
import { KeysProvider } from './rules/keys-context';
import { App } from './shell/app';
import { applyAppearance } from './shell/appearance';
import { reportFault } from './shell/faults';
import { WorkbenchProvider } from './state/context';
import { keepHistories, keptHistory } from './state/kept-histories';
import { createKeys } from './state/keys';
import { createPreview } from './state/preview/preview';
import { createWorkbench } from './state/workbench';

const host = connect();
const keys = createKeys(host);
const lookups = startLookups(keys.find);
let started: Promise<WasmEngine> | null = null;
const engine = () => {
  started ??= createWasmEngine();
  return started;
};
const workbench = createWorkbench({
  host,
  engine,
  createPreview: (store) => createPreview({ store, engine, lookups, keys }),
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
        <KeysProvider value={keys}>
          <App answer={lookups.answer} />
        </KeysProvider>
      </WorkbenchProvider>
    </CSPProvider>
  </StrictMode>,
);
