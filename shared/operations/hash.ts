import { z } from 'zod';
import { call } from '../expression/primitives';
import { cellExamples, listColumns, operation } from './operation';

const NO_HMAC =
  'HMAC-SHA-256 is not offered: its key can’t be brought to the preview and to Spark without passing through a plan.';

export const hash = operation({
  id: 'hash',
  version: 1,
  title: 'Hash values',
  family: 'Privacy',
  summary: 'Replaces each cell by its SHA-256, so that equal values stay equal.',
  documentation:
    'The digest is that of the cell’s UTF-8 bytes, in 64 lower-case hexadecimal digits. White space and letter case ' +
    'count: trim and change case first where equal means that. Empty text has a digest too; null stays null. Values ' +
    'that can be guessed (phone numbers, dates of birth) can be found again by trying them all: a digest without a ' +
    `key hides nothing of that kind. The quarantine shows the digest too. ${NO_HMAC}`,
  scope: 'cell',
  stream: 'Works on each record by itself.',
  capabilities: { limits: [NO_HMAC] },
  targets: { least: 1, most: 100 },
  parameters: z.strictObject({ algorithm: z.literal('sha256', { error: NO_HMAC }).default('sha256') }),
  form: [
    {
      name: 'algorithm',
      label: 'Algorithm',
      control: 'choice',
      choices: [{ value: 'sha256', label: 'SHA-256' }],
    },
  ],
  examples: [
    cellExamples('SHA-256', { algorithm: 'sha256' }, [
      ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
      ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
      ['é', '4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c'],
      [null, null],
    ]),
  ],
  sentence: (_, columns) => `Hash ${listColumns(columns)} with SHA-256`,
  reads: () => [],
  rewrite(builder, _, columns) {
    for (const name of columns) builder.assign(name, call('sha256', [builder.value(name)]));
  },
});
