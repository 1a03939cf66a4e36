import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCheckGroups, readIncidents } from '../src/catalogue/read-scopes.ts';
import { type BriefingItem, composeBriefing, formatDays } from '../src/cli/compose-briefing.ts';
import type { DescribedScope } from '../src/scope/described-scope.ts';
import { settleFile } from './settle-file.ts';

/**
 * Writes docs/INCIDENTS.md and the choices of the dispatch workflow from the catalogue; with `--check` only says whether
 * they are fresh.
 */
const root = join(import.meta.dirname, '..');
const remedy = 'npm run generate';
const incidents = readIncidents().reverse();

const INTRODUCTION = [
  'Was this tenant exposed? Give the id as `incident`, to the workflow or to `okta-tenant-audit audit`. Each entry is a file of [scopes/incidents](../scopes/incidents) with a core window, which decides the verdict, a review window around it, the checks with what a finding of theirs means, and what no log can tell.',
  'Statements carry the page that they come from. What nobody published is marked as our inference.',
].join('\n\n');

const OWN_INCIDENT =
  'Copy [incident-template.yml](incident-template.yml): an id, a title and the days that the news names are enough. Without checks it looks for [what a first hour needs](../scopes/day-zero.yml). Commit it and give its path as `incident`; `okta-tenant-audit incidents check <file>` names the line of every mistake. A file may name single checks (`okta-tenant-audit rules list`, and [DETECTIONS.md](DETECTIONS.md)) and these groups of them:';

settleFile({ path: join(root, 'docs/INCIDENTS.md'), text: renderDocument(), remedy });

const workflowPath = join(root, '.github/workflows/okta-audit.yml');
settleFile({
  path: workflowPath,
  text: renderWorkflow(readFileSync(workflowPath, 'utf8')),
  remedy,
});

function renderDocument(): string {
  return [
    '<!-- Generated from scopes/ by `npm run generate`. Edit the incidents instead. -->',
    '# Incidents',
    INTRODUCTION,
    renderList(),
    '## An incident that is not here',
    OWN_INCIDENT,
    renderGroups(),
    '## Each of them',
    ...incidents.map(renderIncident),
    '',
  ].join('\n\n');
}

function renderList(): string {
  const rows = incidents.map(
    (incident) =>
      `| [\`${incident.id}\`](#${incident.id}) | ${incident.assessable ? showCore(incident) : 'in no Okta log'} | ${incident.title.replaceAll('|', '\\|')} |`,
  );
  return ['| id | core window | what happened |', '|---|---|---|', ...rows].join('\n');
}

function renderGroups(): string {
  const rows = [...readCheckGroups()].map(
    ([name, checks]) => `| \`${name}\` | ${checks.map((check) => `\`${check}\``).join(', ')} |`,
  );
  return ['| group | checks |', '|---|---|', ...rows].join('\n');
}

function renderIncident(incident: DescribedScope): string {
  const { id, title, summary, sections, pages } = composeBriefing(incident);
  return [
    `### ${id}`,
    `**${title}**`,
    summary,
    ...sections.map(({ heading, items }) => renderItems(heading, items)),
    `**Pages**\n\n${pages.map(({ title: name, url }) => `- [${name ?? new URL(url).host}](<${url}>)`).join('\n')}`,
    `The file: [incident.yml](../scopes/incidents/${id}/incident.yml)${incident.assessable ? `, told as an attack and as ordinary life in [story.yml](../scopes/incidents/${id}/story.yml)` : ''}.`,
  ].join('\n\n');
}

function renderItems(heading: string, items: readonly BriefingItem[]): string {
  return [`**${heading}**`, items.map((item) => `- ${renderItem(item)}`).join('\n')].join('\n\n');
}

function renderItem({ text, source }: BriefingItem): string {
  if (source === undefined) return text;
  return source === null ? `${text} (our inference)` : `${text} ([source](<${source}>))`;
}

function showCore({ window }: DescribedScope): string {
  return window.kind === 'rolling' ? '' : formatDays(window.core);
}

/** A choice cannot be left open: an incident file has an input of its own. */
function renderWorkflow(text: string): string {
  const options = ['nightly', ...incidents.map(({ id }) => id)];
  const indent = ' '.repeat(10);
  const lines = options.map((option) => `${indent}- ${option}\n`).join('');
  const marked = /( *# begin: incidents\b.*\n)[\s\S]*?( *# end: incidents\b)/;
  if (!marked.test(text)) throw new Error('no markers for incidents');
  return text.replace(marked, (_, begin: string, end: string) => `${begin}${lines}${end}`);
}
