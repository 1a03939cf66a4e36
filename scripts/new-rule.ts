import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Makes `rules/<name>` from the template: `npm run new:rule -- <name>`. */
const root = join(import.meta.dirname, '..');
const template = join(root, 'scripts/rule-template');
const name = process.argv[2] ?? '';
const folder = join(root, 'rules', name);

if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name)) {
  complain(
    'Give the rule a name in lower case with hyphens that says what happened: api-token-created',
  );
} else if (existsSync(folder)) {
  complain(`rules/${name} exists already`);
} else {
  makeFolder();
}

function makeFolder(): void {
  mkdirSync(folder);
  const today = new Date().toISOString().slice(0, 10);
  for (const file of readdirSync(template)) {
    const text = readFileSync(join(template, file), 'utf8')
      .replaceAll('RULE_NAME', name)
      .replaceAll('RULE_ID', randomUUID())
      .replaceAll('RULE_DATE', today);
    writeFileSync(join(folder, file), text);
    console.log(`wrote rules/${name}/${file}`);
  }
  console.log('Fill both files in, then: npx vitest run test/rules && npm run generate');
}

function complain(problem: string): void {
  console.error(problem);
  process.exitCode = 1;
}
