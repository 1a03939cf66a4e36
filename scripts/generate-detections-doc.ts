import { join } from 'node:path';
import { SEVERITIES } from '../src/model/severity.ts';
import {
  type AttackNames,
  type PackEntry,
  readAttackNames,
  readRulePack,
} from './read-rule-pack.ts';
import { namedEventTypes } from './rule-event-types.ts';
import { settleFile } from './settle-file.ts';

/** Writes docs/DETECTIONS.md from the rules; with `--check` only says whether it is fresh. */
const root = join(import.meta.dirname, '..');
const rulesDirectory = join(root, 'rules');

settleFile({
  path: join(root, 'docs/DETECTIONS.md'),
  text: renderDetections(readRulePack(rulesDirectory), readAttackNames(rulesDirectory)),
  remedy: 'npm run generate',
});

function renderDetections(entries: readonly PackEntry[], attack: AttackNames): string {
  return [
    '<!-- Generated from rules/ by `npm run generate`. Edit the rules instead. -->',
    '# Detections',
    renderIntroduction(entries),
    '## All of them',
    renderList(entries),
    '## By ATT&CK technique',
    'Names and ids are those of [MITRE ATT&CK](https://attack.mitre.org/) for Enterprise. A technique that serves several tactics stands under each that a rule is tagged with.',
    renderMatrix(entries, attack),
    '## Each of them',
    ...entries.map((entry) => renderEntry(entry, attack)),
    '',
  ].join('\n\n');
}

function renderIntroduction(entries: readonly PackEntry[]): string {
  const correlations = entries.filter(({ rule }) => rule.correlation !== undefined).length;
  const counts = [...SEVERITIES]
    .reverse()
    .map((level) => ({ level, count: entries.filter(({ rule }) => rule.level === level).length }))
    .filter(({ count }) => count > 0)
    .map(({ level, count }) => `${count} ${level}`);
  return [
    `${entries.length} built-in rules, ${correlations} of them correlations: ${counts.join(', ')}.`,
    'Each is a folder of `rules/` with the rule and the events that prove it. The severity says how bad it is if it is true, the confidence how sure the rule is of what its title says. What a finding means for the verdict is decided by the scope that asks, not here.',
    'Support access over time, takeover chains, factors that were removed and never enrolled again, and indicators of an incident are not rules but checks of the program itself.',
  ].join('\n\n');
}

function renderList(entries: readonly PackEntry[]): string {
  const rows = entries.map(({ folder, rule }) =>
    renderRow([
      `[\`${folder}\`](#${folder})`,
      rule.title,
      rule.level,
      rule.audit.confidence,
      rule.correlation === undefined ? '' : 'correlation',
    ]),
  );
  return [
    '| name | what happened | severity | confidence | |',
    '|---|---|---|---|---|',
    ...rows,
  ].join('\n');
}

function renderMatrix(entries: readonly PackEntry[], attack: AttackNames): string {
  const rows = Object.entries(attack.tactics).flatMap(([tactic, tacticName]) =>
    Object.entries(attack.techniques)
      .filter(([, technique]) => technique.tactics.includes(tactic))
      .map(([id, technique]) => ({
        label: `${id.toUpperCase()} ${technique.name}`,
        tacticName,
        seenBy: entries.filter(
          ({ rule }) =>
            rule.tags.includes(`attack.${tactic}`) && rule.tags.includes(`attack.${id}`),
        ),
      }))
      .filter(({ seenBy }) => seenBy.length > 0)
      .map(({ label, tacticName, seenBy }) =>
        renderRow([
          tacticName,
          label,
          seenBy.map(({ folder }) => `[\`${folder}\`](#${folder})`).join(', '),
        ]),
      ),
  );
  return ['| tactic | technique | rules |', '|---|---|---|', ...rows].join('\n');
}

function renderEntry(entry: PackEntry, attack: AttackNames): string {
  const { folder, rule } = entry;
  return [
    `### ${folder}`,
    `**${rule.title}**`,
    rule.description.trim(),
    renderFacts(entry, attack),
    `**Benign when**\n\n${renderItems(rule.falsepositives)}`,
    `**What to do**\n\n${renderItems(rule.audit['next-steps'])}`,
    `**Read more**\n\n${renderItems(rule.references.map((url) => `<${url}>`))}`,
  ].join('\n\n');
}

function renderFacts(entry: PackEntry, attack: AttackNames): string {
  const { folder, rule } = entry;
  const techniques = Object.entries(attack.techniques)
    .filter(([id]) => rule.tags.includes(`attack.${id}`))
    .map(([id, { name }]) => `${id.toUpperCase()} ${name}`);
  const facts: [string, string][] = [
    ['severity', rule.level],
    ['confidence', rule.audit.confidence],
    ['status', rule.status],
    ['looks at', describeEventTypes(entry)],
    [
      'ask first',
      rule.audit.ask === 'administrators' ? 'the administrators' : `the ${rule.audit.ask}`,
    ],
    ['ATT&CK', techniques.join('; ')],
    ['source', `[rules/${folder}/rule.yml](../rules/${folder}/rule.yml)`],
  ];
  if (rule.correlation !== undefined)
    facts.splice(3, 0, ['correlates', describe(rule.correlation)]);
  return ['| | |', '|---|---|', ...facts.map(renderRow)].join('\n');
}

function describeEventTypes(entry: PackEntry): string {
  const { exact, beginnings } = namedEventTypes(entry);
  const names = [...exact, ...beginnings.map((beginning) => `${beginning}*`)];
  return names.length === 0
    ? 'events of every type'
    : names.map((name) => `\`${name}\``).join(', ');
}

function describe(correlation: NonNullable<PackEntry['rule']['correlation']>): string {
  const { type, timespan } = correlation;
  const groupBy = [correlation['group-by'] ?? []].flat().map((field) => `\`${field}\``);
  const per = groupBy.length === 0 ? '' : ` per ${groupBy.join(' and ')}`;
  return `\`${type}\` within ${timespan}${per}`;
}

function renderItems(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join('\n');
}

function renderRow(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}
