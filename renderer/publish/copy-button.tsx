import { useState } from 'react';
import { reportFault } from '../shell/faults';
import { Icon } from '../shell/icons';

/** Copies a text, and says so for a moment. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
      setTimeout(() => setCopied(false), 1500);
    } catch (error) {
      reportFault(error, 'Copying');
    }
  };
  return (
    <button type="button" className="button quiet small" title={text} onClick={() => void copy()}>
      <Icon name={copied ? 'check' : 'copy'} />
      {copied ? 'Copied' : label}
    </button>
  );
}
