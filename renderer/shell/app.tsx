import { type ReactNode, useEffect, useState } from 'react';
import type { LookupAnswerer } from '../../shared/trace/trace';
import { AnalysePlace } from '../analysis/analyse-place';
import { WorkspaceProvider } from '../analysis/workspace-context';
import { CleanPlace } from '../clean/clean-place';
import { PublishPlace } from '../publish/publish-place';
import { SourcesPane } from '../sources/sources-pane';
import { useWorkbench, useWorkbenchState } from '../state/context';
import { WelcomeScreen } from '../welcome/welcome-screen';
import { tellCutText } from './cut-text';
import { dispatchKeys } from './keys';
import { Notices } from './notices';
import { Palette } from './palette';
import { rememberFocus } from './panes';
import type { Place } from './places';
import { Shortcuts } from './shortcuts';
import { StatusLine } from './status-line';
import { TitleLine } from './title-line';
import { useAskedProject } from './use-asked-project';
import { useDroppedFiles } from './use-dropped-files';
import { useWindowActions } from './window-actions';
import './app.css';

/** The whole window. `answer` answers lookups. */
export function App({ answer }: { answer: LookupAnswerer }) {
  const { store } = useWorkbench();
  const project = useWorkbenchState((state) => state.project?.path ?? null);
  const [palette, setPalette] = useState(false);
  const [shortcuts, setShortcuts] = useState(false);
  useWindowActions({
    togglePalette: () => setPalette((open) => !open),
    toggleShortcuts: () => setShortcuts((open) => !open),
  });
  useAskedProject();
  useDroppedFiles();
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => dispatchKeys(event, store.getState().place);
    document.addEventListener('keydown', onKeyDown);
    document.addEventListener('focusin', rememberFocus);
    document.addEventListener('pointerover', tellCutText);
    return () => {
      document.removeEventListener('keydown', onKeyDown);
      document.removeEventListener('focusin', rememberFocus);
      document.removeEventListener('pointerover', tellCutText);
    };
  }, [store]);
  return (
    <div className="app">
      <TitleLine onPalette={() => setPalette(true)} />
      <div className="app-middle">
        {project === null ? <WelcomeScreen /> : <Places key={project} answer={answer} />}
        {shortcuts && <Shortcuts onClose={() => setShortcuts(false)} />}
      </div>
      <StatusLine />
      <Notices />
      <Palette open={palette} onOpenChange={setPalette} />
    </div>
  );
}

function Places({ answer }: { answer: LookupAnswerer }) {
  return (
    <WorkspaceProvider answer={answer}>
      <PlaceArea place="clean" title="Clean">
        <SourcesPane>
          <CleanPlace />
        </SourcesPane>
      </PlaceArea>
      <PlaceArea place="analyse" title="Analyse">
        <AnalysePlace />
      </PlaceArea>
      <PlaceArea place="publish" title="Publish">
        <PublishPlace />
      </PlaceArea>
    </WorkspaceProvider>
  );
}

/** A place comes into being when it is first gone to, and keeps its state from then on. */
function PlaceArea({ place, title, children }: { place: Place; title: string; children: ReactNode }) {
  const current = useWorkbenchState((state) => state.place === place);
  const [visited, setVisited] = useState(current);
  useEffect(() => {
    if (current) setVisited(true);
  }, [current]);
  if (!visited && !current) return null;
  return (
    <main className="app-place" aria-label={title} hidden={!current}>
      {children}
    </main>
  );
}
