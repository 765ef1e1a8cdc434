import { z } from 'zod';
import { compileSpans } from '../../expression/pattern-spans';

/** A pattern whose matches are taken out, replaced or split at; a fault names the position. */
export const spansSchema = ({ replaced }: { replaced: boolean }) =>
  z
    .string()
    .min(1, 'write a pattern')
    .check((context) => {
      // Ignoring case can only make a pattern costlier, so that is tried too.
      for (const ignoreCase of [false, true]) {
        const result = compileSpans(context.value, { ignoreCase, replaced });
        if (result.ok) continue;
        context.issues.push({
          code: 'custom',
          message: `at character ${result.fault.position + 1}: ${result.fault.message}`,
          input: context.value,
          params: { position: result.fault.position },
        });
        return;
      }
    });
