import type { ReactNode } from 'react';
import type { ResultDefinition } from '../../shared/analysis/analysis';
import type { AnyAnalysis } from '../../shared/analysis/registry';
import { greatest } from './result-chart';
import { ResultView } from './result-view';
import type { ReadyResult } from './run-ready';

/** First what cleaning changed, then each result before and after, side by side on one scale. */
export function ReadyResults({ analysis, result }: { analysis: AnyAnalysis; result: ReadyResult }) {
  const { comparison } = analysis;
  const compared = comparison && result.comparison ? inOrder(comparison.results) : [];
  return (
    <div className="ready-results">
      {compared.map((definition) => {
        const table = result.comparison?.[definition.id];
        return (
          table && (
            <Section key={definition.id} definition={definition}>
              <ResultView definition={definition} table={table} />
            </Section>
          )
        );
      })}
      {analysis.results.map((definition) => {
        const [before, after] = [result.before[definition.id], result.after[definition.id]];
        if (!before || !after) return null;
        const { chart } = definition;
        const max = chart && Math.max(greatest(chart, before), greatest(chart, after));
        return (
          <Section key={definition.id} definition={definition}>
            <div className="side-by-side">
              <ResultView
                definition={definition}
                table={before}
                caption="Before cleaning"
                tone="before"
                {...(max && { max })}
              />
              <ResultView
                definition={definition}
                table={after}
                caption="After cleaning"
                tone="after"
                {...(max && { max })}
              />
            </div>
          </Section>
        );
      })}
    </div>
  );
}

/** What is said in one row comes first. */
const inOrder = (definitions: readonly ResultDefinition[]): readonly ResultDefinition[] =>
  [...definitions].sort((a, b) => Number(a.chart !== null) - Number(b.chart !== null));

function Section({ definition, children }: { definition: ResultDefinition; children: ReactNode }) {
  return (
    <section className="ready-result" aria-label={definition.title}>
      <h3>{definition.title}</h3>
      <p className="muted small">{definition.description}</p>
      {children}
    </section>
  );
}
