import { compilePlan } from '../../../shared/compile/compile';
import { compileStream } from '../../../shared/compile/stream';
import { emptyRuleSet, type RuleSet, type Step } from '../../../shared/document/rule-set';
import { messagesDialectSchema } from '../../../shared/messages/dialect';

/** A step as a project holds it. */
export const step = (operation: string, columns: string[], parameters: Step['parameters'] = {}): Step => ({
  ...{ id: operation, operation, version: 1, columns, parameters },
  ...{ enabled: true, note: '', examples: [] },
});
export const rulesOf = (...steps: Step[]): RuleSet => ({ ...emptyRuleSet('shop'), steps });

export const COLUMNS = ['key', 'name', 'e-mail'];
export const ruleSet = rulesOf(step('trim', ['name']), step('email', ['e-mail'], { invalid: 'reject' }));
export const plan = compilePlan(ruleSet, COLUMNS);
export const streamPlan = compileStream(plan, ruleSet, messagesDialectSchema.parse({ format: 'messages' }));
