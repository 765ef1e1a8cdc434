import { ended } from '../../../shared/document/issues';
import type { Step } from '../../../shared/document/rule-set';
import { findOperation } from '../../../shared/operations/registry';

/** A fault of a step as its form would say it: `parameters.where: …` as `Conditions: ….` */
export function stepFaultWords(message: string, step: Step): string {
  const [, name, rest] = /^parameters\.(\w+)[^:]*: (.*)$/s.exec(message) ?? [];
  const label = findOperation(step.operation)?.form.find((field) => field.name === name)?.label;
  const words = label ? `${label}: ${rest}` : message;
  return ended(words.charAt(0).toUpperCase() + words.slice(1));
}
