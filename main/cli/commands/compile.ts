import { checkStep, compilePlan } from '../../../shared/compile/compile';
import { lookupsOf, traceQuery } from '../../../shared/compile/duckdb';
import { canonicalJson, hashOf } from '../../../shared/compile/hash';
import { checkKeys } from '../../../shared/compile/keys';
import { pysparkScript } from '../../../shared/compile/pyspark';
import { compileSpark } from '../../../shared/compile/spark';
import { csvDialectSchema } from '../../../shared/document/dialect';
import type { RuleSet } from '../../../shared/document/rule-set';
import { findKey } from '../../engine/keys';
import { fileDialect } from '../../reading/file-dialect';
import { oneOf } from '../arguments';
import type { Command } from '../command';
import { dialectOf, formatOf, withRuleSet } from '../files';
import { withInput } from '../input';

/** The columns a rule set needs: those it was made for, else those its steps name. */
function namedColumns(ruleSet: RuleSet): string[] {
  if (ruleSet.columns.length > 0) return ruleSet.columns.map((one) => one.name);
  const named = ruleSet.steps.flatMap((step, index) => {
    const result = checkStep(step, index);
    return 'checked' in result
      ? [...step.columns, ...result.checked.operation.reads(result.checked.parameters)]
      : step.columns;
  });
  return [...new Set(named)];
}

export const compile: Command = {
  name: 'compile',
  does: 'prints the SQL, the plan or a readable PySpark script of a rule set',
  syntax: {
    positionals: [{ name: 'RULES.json', required: true }],
    options: { target: { value: 'duckdb|spark|pyspark', required: true }, input: { value: 'F' } },
    flags: ['json'],
  },
  async run(args, { signal }) {
    const [rules = ''] = args.positionals;
    const target = oneOf('compile', 'target', args.required('target'), ['duckdb', 'spark', 'pyspark']);
    return withRuleSet(rules, async (ruleSet) => {
      const input = args.option('input');
      const dialect =
        input === undefined
          ? fileDialect(ruleSet.source ?? csvDialectSchema.parse({ format: 'csv' }), rules)
          : dialectOf(ruleSet, formatOf('compile', 'input', input), input);
      const columns =
        input === undefined
          ? namedColumns(ruleSet)
          : await withInput({ input, dialect, rows: 1, signal }, async (read) => [...read.columns]);
      const plan = compilePlan(ruleSet, columns);
      if (target === 'duckdb') {
        const lookups = lookupsOf(plan).map((_, n) => `lookup_${n}`);
        const sql = `${traceQuery(plan, { source: 'source', lookups, survivors: true })};`;
        return { text: sql, json: { target, columns, sql } };
      }
      // Production refuses a plan that does not tell by what its keys are known.
      const sparkPlan = compileSpark(await checkKeys(plan, findKey), dialect);
      if (target === 'spark')
        return { text: canonicalJson(sparkPlan), json: { target, hash: hashOf(sparkPlan), plan: sparkPlan } };
      const script = pysparkScript(sparkPlan);
      return { text: script, json: { target, script } };
    });
  },
};
