import type { BrokenExample } from '../../shared/trace/examples';
import { withOddGlyphs } from '../grid/glyphs';

/** A value in which everything can be seen. */
export function Value({ text }: { text: string | null }) {
  if (text === null) return <span className="muted">missing</span>;
  if (text === '') return <span className="muted">empty text</span>;
  return <code className="mono">{withOddGlyphs(text)}</code>;
}

/** What a step answers instead of what a pinned example says. */
export function Found({ found }: { found: BrokenExample['found'] }) {
  return typeof found === 'object' && found !== null ? <span>the row leaves</span> : <Value text={found} />;
}

/** On a step: which pinned examples it does not keep. */
export function BrokenExamplesLine({ broken }: { broken: readonly BrokenExample[] }) {
  const [first] = broken;
  if (!first) return null;
  return (
    <span className="step-broken small">
      ✕ {broken.length === 1 ? 'Breaks a pinned example' : `Breaks ${broken.length} pinned examples`}:
      expected <Value text={first.expected} />, got <Found found={first.found} />
    </span>
  );
}
