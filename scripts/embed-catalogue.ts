import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { settleFile } from './settle-file.ts';

/**
 * Puts the rules, scopes and event types that people edit into one file that the bundle carries.
 * With `--check` nothing is written: the exit code says whether the file is fresh.
 */
const root = join(import.meta.dirname, '..');

const rules = readdirSync(join(root, 'rules'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => `rules/${entry.name}/rule.yml`)
  .sort()
  .map((path) => ({ path, documents: parseAllDocuments(readText(path)).map((one) => one.toJS()) }));

const incidents = readdirSync(join(root, 'scopes/incidents'))
  .sort()
  .map((id) => `scopes/incidents/${id}/incident.yml`);
const scopes = [
  'scopes/standing.yml',
  'scopes/day-zero.yml',
  'scopes/check-groups.yml',
  ...incidents,
].map((path) => ({ path, text: readText(path) }));

const { version } = JSON.parse(readText('package.json'));
const eventTypes = readText('rules/okta-event-types.txt').split('\n').filter(Boolean);

settleFile({
  path: join(root, 'src/catalogue/catalogue.generated.json'),
  text: `${JSON.stringify({ version, rules, scopes, eventTypes }, null, 1)}\n`,
  remedy: 'npm run generate',
});

function readText(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}
