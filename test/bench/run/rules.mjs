export const step = (id, operation, columns, parameters) => ({
  ...{ id, operation, version: 1, columns, parameters },
  ...{ enabled: true, note: '', examples: [] },
});

/**
 * The three founding rules on the sample's customers, as a rule set.
 * @param {{ phones: boolean }} options
 */
export const foundingRules = ({ phones }) => ({
  format: 'dataharmonize/ruleset',
  version: 1,
  name: phones ? 'founding rules' : 'founding rules without phones',
  columns: [],
  steps: [
    step('s1', 'trim', ['full name'], { sides: 'both' }),
    step('s2', 'change-case', ['e-mail'], { to: 'lower' }),
    ...(phones
      ? [
          step('s3', 'phone', ['phone'], {
            ...{ defaultRegion: 'US', regionColumn: 'country', format: 'e164' },
            ...{ extension: 'drop', invalid: 'keep' },
          }),
        ]
      : []),
  ],
  expectations: [],
});
