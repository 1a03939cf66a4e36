import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { INPUT_TABLE, type InputRow, OUTPUT_TABLE } from '../src/config/input-table.ts';
import { cutSampleIssue } from './cut-sample-issue.ts';
import { replaceBetweenMarkers, settleFile } from './settle-file.ts';

/** Writes action.yml, and the tables and the sample of the README, from the tables in `src/config` and a golden file. */
const root = join(import.meta.dirname, '..');
const remedy = 'npm run generate';

settleFile({ path: join(root, 'action.yml'), text: renderAction(), remedy });

const readmePath = join(root, 'README.md');
const readme = readFileSync(readmePath, 'utf8');
const sample = readFileSync(join(root, 'test/report/golden/issue-news.md'), 'utf8');
const withSample = replaceBetweenMarkers(readme, 'sample', `\n${cutSampleIssue(sample)}\n`);
const withInputs = replaceBetweenMarkers(withSample, 'inputs', renderInputTable());
settleFile({
  path: readmePath,
  text: replaceBetweenMarkers(withInputs, 'outputs', renderOutputTable()),
  remedy,
});

function renderAction(): string {
  const action = {
    name: 'Okta Tenant Audit',
    description: 'Was our Okta tenant touched, and how do we know? Keeps one issue that says so.',
    author: 'Okta Tenant Audit contributors',
    branding: { icon: 'shield', color: 'blue' },
    inputs: Object.fromEntries(INPUT_TABLE.map((row) => [row.name, describeInput(row)])),
    outputs: Object.fromEntries(
      OUTPUT_TABLE.map((row) => [row.name, { description: row.description }]),
    ),
    runs: { using: 'node24', main: 'dist/index.js' },
  };
  return `# Generated from src/config/input-table.ts by \`${remedy}\`.\n${stringify(action, { lineWidth: 0 })}`;
}

function describeInput(row: InputRow) {
  const description =
    row.otherwise === undefined ? row.description : `${row.description} Default: ${row.otherwise}.`;
  const input = { description, required: false };
  return row.default === null ? input : { ...input, default: row.default };
}

function renderInputTable(): string {
  const lines = INPUT_TABLE.map((row) => {
    const fallback = row.default === null ? (row.otherwise ?? '') : `\`${row.default}\``;
    return `| \`${row.name}\` | ${fallback} | ${row.description} |`;
  });
  return ['| input | default | meaning |', '|---|---|---|', ...lines].join('\n');
}

function renderOutputTable(): string {
  const lines = OUTPUT_TABLE.map((row) => `| \`${row.name}\` | ${row.description} |`);
  return ['| output | meaning |', '|---|---|', ...lines].join('\n');
}
