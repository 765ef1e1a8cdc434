import { z } from 'zod';
import { call } from '../expression/primitives';
import { EXAMPLE_KEY } from '../lookup/hmac';
import { keyNameSchema, LEAST_KEY_BYTES } from '../lookup/key';
import { cellExamples, listColumns, operation } from './operation';

const parameters = z
  .strictObject({
    algorithm: z.enum(['sha256', 'hmac-sha256']).default('sha256'),
    keyRef: keyNameSchema.optional(),
  })
  .check(({ value: { algorithm, keyRef }, issues }) => {
    if ((algorithm === 'hmac-sha256') === (keyRef !== undefined)) return;
    const message = keyRef === undefined ? 'HMAC needs the name of a key' : 'only HMAC has a key';
    issues.push({ code: 'custom', path: ['keyRef'], message, input: keyRef });
  });

export const hash = operation({
  id: 'hash',
  version: 1,
  title: 'Hash values',
  also: 'anonymise anonymize pseudonymise encrypt sha pii',
  family: 'Privacy',
  summary:
    'Replaces each cell by its SHA-256, or by its HMAC under a secret key, so that equal values stay equal.',
  documentation:
    'The digest is that of the cell’s UTF-8 bytes, in 64 lower-case hexadecimal digits. White space and letter case ' +
    'count: trim and change case first where equal means that. Empty text has a digest too; null stays null. Values ' +
    'that can be guessed (phone numbers, dates of birth) can be found again by trying them all: a digest without a ' +
    'key hides nothing of that kind; HMAC-SHA-256 does, from whoever lacks the key. The quarantine shows the digest ' +
    'too.\n\n' +
    'The rules hold the name of a key, never the key: that is in no rule set, plan, log, report or command line. A key ' +
    `is a text of at least ${LEAST_KEY_BYTES} bytes, better 64 random hexadecimal digits; its UTF-8 bytes count. The ` +
    'workbench asks for it once, and keeps it for the session or in the system’s keyring. The command line takes it ' +
    'from the environment: DATAHARMONIZE_KEY_CUSTOMERS for the key “customers”, or DATAHARMONIZE_KEYFILE_CUSTOMERS, ' +
    'which names a file that holds it. A Spark job takes it from the cluster’s credential provider, under the alias ' +
    'dataharmonize.key.customers. A published plan carries the first 32 bits of the HMAC of a fixed text under the ' +
    'key, and the job refuses any other key: that tells nothing of a key that cannot be guessed, and lets a guess be ' +
    'tried, as any digest does, which is why short keys are refused. Without the key the preview stops before the ' +
    'step, and nothing is run or published.',
  scope: 'cell',
  stream: 'Works on each record by itself.',
  targets: { least: 1, most: 100 },
  parameters,
  form: [
    {
      name: 'algorithm',
      label: 'Algorithm',
      control: 'choice',
      choices: [
        { value: 'sha256', label: 'SHA-256' },
        { value: 'hmac-sha256', label: 'HMAC-SHA-256, with a secret key' },
      ],
    },
    {
      name: 'keyRef',
      label: 'Name of the key',
      control: 'key',
      when: { name: 'algorithm', values: ['hmac-sha256'] },
    },
  ],
  examples: [
    cellExamples('SHA-256', { algorithm: 'sha256' }, [
      ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
      ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
      ['é', '4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c'],
      [null, null],
    ]),
    cellExamples(
      `HMAC-SHA-256 under the key “${EXAMPLE_KEY.key}”`,
      { algorithm: 'hmac-sha256', keyRef: EXAMPLE_KEY.name },
      [
        ['abc', '00100227f98e9d9d75b4de137c0bc2ed910ff64ec1288028bdb528146a32760e'],
        ['', '9bf71bd40189590de5de586b74f73db662b43bcc68cdcaa4dab9fd2de72e15c0'],
        ['é', 'e46df9f7e5616ad3e0009aae4c9750665bb6180d7814a70bce3e905fca2a07b1'],
        [null, null],
      ],
    ),
  ],
  sentence: ({ keyRef }, columns) =>
    `Hash ${listColumns(columns)} with ${keyRef === undefined ? 'SHA-256' : `HMAC-SHA-256 under the key “${keyRef}”`}`,
  reads: () => [],
  rewrite(builder, { keyRef }, columns) {
    for (const name of columns) {
      const value = builder.value(name);
      builder.assign(
        name,
        keyRef === undefined
          ? call('sha256', [value])
          : builder.lookup('hmac', { text: value }, { key: keyRef }).digest,
      );
    }
  },
});
