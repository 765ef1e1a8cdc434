import { type Step, stepSchema } from '../../shared/document/rule-set';
import type { Suggestion } from '../../shared/suggest/suggestion';

/** A new step as suggested. */
export const suggestedStep = ({ operation, version, columns, parameters }: Suggestion): Step =>
  stepSchema.parse({
    id: `s-${crypto.randomUUID().slice(0, 8)}`,
    operation,
    version,
    columns: [...columns],
    parameters: { ...parameters },
  });
