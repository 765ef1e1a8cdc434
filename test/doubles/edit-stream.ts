import { createInterface } from 'node:readline';
import { openProjectFile } from '../../main/project/project-file';

// Opens the project named by the first argument and streams edits into it, printing each number once it is saved.
const file = await openProjectFile(process.argv[2] ?? '');
const first = Number(process.argv[3]);
createInterface({ input: process.stdin }).on('close', () => process.exit(0));
for (let n = 1; ; n++) {
  const step = {
    id: `s${first + n}`,
    operation: 'trim',
    version: 1,
    columns: ['name'],
    parameters: {},
    enabled: true,
    note: 'é'.repeat(n % 7),
    examples: [],
  };
  const steps = file.project.ruleSets.customers?.steps ?? [];
  await file.edit(
    'customers',
    n,
    steps.length > 20
      ? { kind: 'remove-step', id: steps[0]?.id ?? '' }
      : { kind: 'insert-step', index: steps.length, step },
  );
  process.stdout.write(`${JSON.stringify(file.project.ruleSets.customers?.steps.map((one) => one.id))}\n`);
}
