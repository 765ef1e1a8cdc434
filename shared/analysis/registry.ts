import type { Analysis } from './analysis';
import { profile } from './profile';
import { rfm } from './rfm/rfm';
import { spend } from './spend/spend';

const all = [profile, rfm, spend] as const;

/** An analysis whose parameters are known only at run time: `runAnalysis` validates them with its own schema. */
export type AnyAnalysis = Analysis<never>;

/** Every ready analysis, in the order in which they are offered. */
export const analyses: readonly AnyAnalysis[] = all as readonly unknown[] as readonly AnyAnalysis[];

const byId = new Map(analyses.map((one) => [one.id, one]));

/** The analysis with an id, or undefined. */
export const findAnalysis = (id: string): AnyAnalysis | undefined => byId.get(id);
