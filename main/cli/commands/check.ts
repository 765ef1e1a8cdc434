import { checkSteps, compilePlan, stepName } from '../../../shared/compile/compile';
import { isFault } from '../../../shared/contract/errors';
import type { RuleSet } from '../../../shared/document/rule-set';
import { type BrokenExample, checkExamples } from '../../../shared/trace/examples';
import { plural } from '../../../shared/words';
import { answerLookup } from '../../engine/lookups';
import type { Command } from '../command';
import { dialectOf, formatOf, INPUT_FORMATS, invalidRules, withRuleSet } from '../files';
import { withEngine, withInput } from '../input';

const shown = (value: string | null) => (value === null ? 'null' : JSON.stringify(value));

function exampleLine(ruleSet: RuleSet, { step, example, column, expected, found }: BrokenExample): string {
  const one = ruleSet.steps[step];
  const where = one ? stepName(step, one) : `step ${step + 1}`;
  const got = typeof found === 'object' && found !== null ? 'the row leaves' : `it is ${shown(found)}`;
  return `${where}: pinned example ${example + 1} of “${column}” must give ${shown(expected)}, but ${got}.`;
}

export const check: Command = {
  name: 'check',
  does: 'checks a rule set, its pinned examples and, with a file, its columns',
  syntax: {
    positionals: [{ name: 'RULES.json', required: true }],
    options: { input: { value: 'F' }, 'input-format': { value: INPUT_FORMATS } },
    flags: ['json'],
  },
  async run(args, { signal }) {
    const [rules = ''] = args.positionals;
    return withRuleSet(rules, async (ruleSet) => {
      const lines = [...checkSteps(ruleSet)];
      const input = args.option('input');
      if (lines.length === 0) {
        const broken = await withEngine((engine) => checkExamples(engine, answerLookup, ruleSet));
        lines.push(...broken.map((one) => exampleLine(ruleSet, one)));
      }
      if (input !== undefined) {
        const format = formatOf('check', 'input', input, args.option('input-format'));
        const columns = await withInput(
          { input, dialect: dialectOf(ruleSet, format, input), rows: 1, signal },
          async (read) => read.columns,
        );
        try {
          compilePlan(ruleSet, columns);
        } catch (error) {
          if (!isFault(error)) throw error;
          lines.push(...error.message.split('\n').filter((line) => !lines.includes(line)));
        }
      }
      if (lines.length > 0) throw invalidRules(rules, lines);
      const examples = ruleSet.steps.reduce(
        (total, step) => total + (step.enabled ? step.examples.length : 0),
        0,
      );
      return {
        text: `${rules}: ${plural(ruleSet.steps.length, 'step')} and ${plural(examples, 'pinned example')}: nothing wrong.`,
        json: { ok: true, name: ruleSet.name, steps: ruleSet.steps.length, examples },
      };
    });
  },
};
