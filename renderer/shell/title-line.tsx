import { useWorkbenchState } from '../state/context';
import { Icon } from './icons';
import { ariaKeys, keysText } from './keys';
import { SampleLine } from './sample-line';
import { SaveMark } from './save-mark';
import './title-line.css';

/** The top line: which project, whether it is saved, what is being looked at, and the palette. */
export function TitleLine({ onPalette }: { onPalette: () => void }) {
  const project = useWorkbenchState((state) => state.project);
  const file = project?.path.split(/[\\/]/).at(-1);
  return (
    <header className="title-line" data-pane="title" tabIndex={-1}>
      <strong>DataHarmonize</strong>
      {project && (
        <h1 className="title-project ellipsis" title={project.path}>
          {project.project.name}
          {file && <span className="muted"> {file}</span>}
        </h1>
      )}
      <div className="title-right">
        {project && <SaveMark />}
        {project && <SampleLine />}
        <button
          type="button"
          className="button quiet title-palette"
          onClick={onPalette}
          aria-keyshortcuts={ariaKeys('Mod+K')}
        >
          <Icon name="search" />
          <span>All actions</span>
          <kbd>{keysText('Mod+K')}</kbd>
        </button>
      </div>
    </header>
  );
}
