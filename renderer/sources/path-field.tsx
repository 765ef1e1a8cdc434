import { useId, useState } from 'react';
import type { AppContract } from '../../shared/contract/contract';
import type { Input } from '../../shared/contract/define';
import { FaultNotice } from '../shell/fault-notice';
import { useAttempt } from '../shell/use-call';
import { useFocus } from '../shell/use-focus';
import { useWorkbench } from '../state/context';
import { FileBrowser } from './file-browser';
import { parentOf } from './paths';

type Props = {
  label: string;
  help?: string;
  kind: Input<AppContract, 'app.choosePath'>['kind'];
  /** Whether the file is to be written. */
  saving?: boolean;
  value: string;
  onChange: (path: string) => void;
  /** Called when a file was pointed at, rather than typed. */
  onChosen?: (path: string) => void;
  /** Only files with this ending are offered. */
  ending?: string;
  autoFocus?: boolean;
};

/** A path on this machine: typed, chosen in the system's dialog, or, where there is none, found by browsing. */
export function PathField(props: Props) {
  const { label, help, kind, saving = false, value, onChange, onChosen, ending, autoFocus = false } = props;
  const { host } = useWorkbench();
  const attempt = useAttempt();
  const [browsing, setBrowsing] = useState(false);
  const id = useId();
  const input = useFocus<HTMLInputElement>(autoFocus);
  const take = (path: string) => {
    onChange(path);
    onChosen?.(path);
  };
  const choose = () =>
    attempt.run(async () => {
      const request = { kind, saving, ...(value !== '' && { suggested: value }) };
      const { path, unavailable } = await host.call('app.choosePath', request);
      if (unavailable) setBrowsing((open) => !open);
      else if (path !== null) take(path);
    });
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <div className="path-field">
        <input
          id={id}
          className="input mono"
          value={value}
          onChange={(event) => onChange(event.target.value)}
          spellCheck={false}
          autoComplete="off"
          ref={input}
        />
        <button type="button" className="button" onClick={() => void choose()} aria-expanded={browsing}>
          Browse…
        </button>
      </div>
      {help && <p className="help">{help}</p>}
      {attempt.error !== null && <FaultNotice error={attempt.error} onDismiss={attempt.clear} />}
      {browsing && (
        <FileBrowser
          connection="local"
          start={saving ? parentOf(value) : null}
          {...(ending !== undefined && { ending })}
          onFile={(entry) => {
            setBrowsing(false);
            take(entry.path);
          }}
          {...(saving && {
            onFolder: (folder: string) =>
              onChange(`${folder.replace(/[\\/]$/, '')}/${value.split(/[\\/]/).at(-1) ?? ''}`),
          })}
        />
      )}
    </div>
  );
}
