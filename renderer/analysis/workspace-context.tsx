import { createContext, type ReactNode, useContext, useEffect, useRef, useState } from 'react';
import type { LookupAnswerer } from '../../shared/trace/trace';
import { createWasmEngine } from '../engine/wasm';
import { useWorkbench, useWorkbenchState } from '../state/context';
import { createWorkspace, type Workspace } from './workspace';

const WorkspaceContext = createContext<Workspace | null>(null);

/** Keeps the tables of the project's sources, raw, cleaned and joined, for all that looks at several at once. */
export function WorkspaceProvider({ answer, children }: { answer: LookupAnswerer; children: ReactNode }) {
  const { host } = useWorkbench();
  const [workspace] = useState(() => createWorkspace({ host, startEngine: createWasmEngine, answer }));
  const project = useWorkbenchState((state) => state.project?.project);
  const [sources, joins] = [project?.sources, project?.joins];
  useEffect(() => workspace.setSources(sources ?? [], joins ?? []), [workspace, sources, joins]);
  useClose(workspace);
  return <WorkspaceContext value={workspace}>{children}</WorkspaceContext>;
}

/** The workspace of the open project. */
export function useWorkspace(): Workspace {
  const workspace = useContext(WorkspaceContext);
  if (!workspace) throw new Error('There is no workspace around this component.');
  return workspace;
}

/** Ends the workspace’s engine once the place is really gone, not when React only rehearses it. */
function useClose(workspace: Workspace): void {
  const here = useRef(false);
  useEffect(() => {
    here.current = true;
    return () => {
      here.current = false;
      queueMicrotask(() => {
        if (!here.current) void workspace.close();
      });
    };
  }, [workspace]);
}
