import { z } from 'zod';
import { IDENTIFIER_IDS, identifierKind } from '../reference/identifiers';
import { compactIdentifier, isIdentifier, printedIdentifier } from './identifier-tests';
import { assignConverted, INVALID_WORDS, invalidField, invalidSchema } from './invalid';
import { cellExamples, listColumns, operation } from './operation';

export const identifierKindSchema = z.enum(IDENTIFIER_IDS);
export const identifierKindChoices = IDENTIFIER_IDS.map((value) => ({
  value,
  label: identifierKind(value).label,
}));

export const identifier = operation({
  id: 'identifier',
  version: 1,
  title: 'Normalise identifiers',
  family: 'People and contact',
  summary: 'Writes identifiers with check digits in one form and finds wrong ones.',
  documentation:
    'White space, hyphens, dots and slashes are left out and letters become capitals; as printed, the usual ones come ' +
    'back. Valid is what has the shape ' +
    'of its kind and, where the kind has check digits, the right ones; whether it was ever issued is not tested. Of ' +
    'BIC, Social Security, employer and National Insurance numbers, which have no check digits, only the shape is ' +
    'tested. VAT numbers carry their country code; of Cyprus and of some countries’ rarer shapes only the shape ' +
    'is tested.',
  scope: 'cell',
  stream: 'Works on each record by itself.',
  targets: { least: 1, most: 100 },
  parameters: z.strictObject({
    kind: identifierKindSchema,
    form: z.enum(['compact', 'printed', 'as-written']).default('compact'),
    invalid: invalidSchema,
  }),
  form: [
    { name: 'kind', label: 'Kind', control: 'choice', choices: identifierKindChoices },
    {
      name: 'form',
      label: 'Form',
      control: 'choice',
      choices: [
        { value: 'compact', label: 'Without separators' },
        { value: 'printed', label: 'As usually printed' },
        { value: 'as-written', label: 'As written' },
      ],
    },
    invalidField,
  ],
  examples: [
    cellExamples('IBAN', { kind: 'iban', invalid: 'null' }, [
      ['gb82 west 1234 5698 7654 32', 'GB82WEST12345698765432'],
      ['\u00a0DE89\u00a03704\u00a00044\u00a00532\u00a00130\u00a000', 'DE89370400440532013000'],
      ['GB82WEST12345698765433', null],
      ['ZZ82WEST12345698765432', null],
      ['', null],
      [null, null],
    ]),
    cellExamples('Payment cards', { kind: 'card', invalid: 'keep' }, [
      ['4111-1111-1111-1111', '4111111111111111'],
      ['4111 1111 1111 1112', '4111 1111 1111 1112'],
      ['٤١١١١١١١١١١١١١١١', '٤١١١١١١١١١١١١١١١'],
    ]),
    cellExamples('ISBN', { kind: 'isbn', invalid: 'reject' }, [
      ['0-306-40615-2', '0306406152'],
      ['978-0-306-40615-7', '9780306406157'],
      ['155404295x', '155404295X'],
      ['9780306406158', { left: 'rejected' }],
      [null, null],
    ]),
    cellExamples('As printed', { kind: 'iban', form: 'printed', invalid: 'null' }, [
      ['NO9386011117947', 'NO93 8601 1117 947'],
      ['gb82west12345698765432', 'GB82 WEST 1234 5698 7654 32'],
    ]),
    cellExamples('Numbers of companies in Brazil', { kind: 'cnpj', form: 'printed', invalid: 'null' }, [
      ['16727230000197', '16.727.230/0001-97'],
      ['16727230000198', null],
    ]),
    cellExamples('EAN', { kind: 'ean', invalid: 'null' }, [
      ['4006381333931', '4006381333931'],
      ['036000291452', '036000291452'],
      ['73513537', '73513537'],
      ['4006381333932', null],
      ['12345', null],
    ]),
    cellExamples('VAT numbers', { kind: 'vat', invalid: 'null' }, [
      ['DE 136,695 976', null],
      ['DE 136.695.976', 'DE136695976'],
      ['atu 13585627', 'ATU13585627'],
      ['BE0428759497', 'BE0428759497'],
      ['BG175074752', 'BG175074752'],
      ['CZ25123891', 'CZ25123891'],
      ['DK13585628', 'DK13585628'],
      ['EE100931558', 'EE100931558'],
      ['EL094259216', 'EL094259216'],
      ['ES54362315K', 'ES54362315K'],
      ['ESB58378431', 'ESB58378431'],
      ['FI20774740', 'FI20774740'],
      ['FR40303265045', 'FR40303265045'],
      ['FR41303265045', null],
      ['HR33392005961', 'HR33392005961'],
      ['HU12892312', 'HU12892312'],
      ['IE6433435F', 'IE6433435F'],
      ['IE6433435OA', 'IE6433435OA'],
      ['IT00743110157', 'IT00743110157'],
      ['LT119511515', 'LT119511515'],
      ['LU15027442', 'LU15027442'],
      ['LV40003521600', 'LV40003521600'],
      ['MT11679112', 'MT11679112'],
      ['NL004495445B01', 'NL004495445B01'],
      ['PL8567346215', 'PL8567346215'],
      ['PT501964843', 'PT501964843'],
      ['RO18547290', 'RO18547290'],
      ['SE556188840401', 'SE556188840401'],
      ['SI50223054', 'SI50223054'],
      ['SK2022749619', 'SK2022749619'],
      ['GB980780684', 'GB980780684'],
      ['CHE-107.787.577 MWST', 'CHE107787577MWST'],
      ['CHE-107.787.577', 'CHE107787577'],
      ['NO995525828MVA', 'NO995525828MVA'],
      ['XX123456789', null],
    ]),
    cellExamples('Social Security numbers', { kind: 'ssn', form: 'as-written', invalid: 'null' }, [
      ['536-90-4399', '536-90-4399'],
      ['536904399', '536904399'],
      ['000-12-3456', null],
      ['666-12-3456', null],
      ['900-12-3456', null],
      ['536-00-4399', null],
      ['536-90-0000', null],
    ]),
  ],
  sentence: ({ kind, invalid }, columns) =>
    `Normalise ${identifierKind(kind).label} in ${listColumns(columns)}${INVALID_WORDS[invalid]}`,
  reads: () => [],
  rewrite(builder, { kind, form, invalid }, columns) {
    for (const name of columns) {
      const value = builder.value(name);
      const compact = builder.bind(compactIdentifier(value));
      const valid = builder.bind(isIdentifier(compact, kind, builder.bind));
      const converted = { compact, printed: printedIdentifier(compact, kind), 'as-written': value }[form];
      assignConverted(builder, name, {
        valid,
        converted,
        invalid,
        reason: `not a valid ${identifierKind(kind).label}`,
      });
    }
  },
});
