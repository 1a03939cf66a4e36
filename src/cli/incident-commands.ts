import { parseIncidentFile, readIncidents } from '../catalogue/read-scopes.ts';
import { findScope } from '../connect/find-scope.ts';
import { readIncidentFile } from '../connect/read-incident-file.ts';
import { readRuleFiles } from '../connect/read-rule-files.ts';
import { formatCount } from '../model/format-count.ts';
import { drawTable } from '../report/draw-table.ts';
import { terminal } from '../report/escape/terminal.ts';
import type { DescribedScope } from '../scope/described-scope.ts';
import { composeBriefing, formatDays } from './compose-briefing.ts';
import { listKnownChecks } from './list-known-checks.ts';
import { renderBriefing } from './render-briefing.ts';
import { reportFailure } from './report-failure.ts';

/** Lists the catalogue, the latest incident first. */
export function listIncidents(stream: NodeJS.WritableStream): void {
  stream.write(
    drawTable({
      head: ['id', 'core window', 'title'],
      rows: readIncidents()
        .reverse()
        .map((incident) => [
          incident.id,
          incident.assessable ? showCore(incident) : 'in no Okta log',
          incident.title,
        ]),
    }),
  );
}

/** Prints one incident, of the catalogue or of a file, as a briefing. */
export async function showIncident(
  incident: string,
  process: Pick<NodeJS.Process, 'cwd' | 'stdout'>,
): Promise<void> {
  const scope = await findScope(incident, process.cwd());
  process.stdout.write(
    renderBriefing({
      briefing: composeBriefing(scope),
      askedAs: incident,
      width: process.stdout.columns,
    }),
  );
}

/** Validates incident files; the process fails where one does not hold, or names a check that nobody knows. */
export async function checkIncidents(
  paths: readonly string[],
  { rules, process }: { rules: readonly string[]; process: NodeJS.Process },
): Promise<void> {
  const knownChecks = listKnownChecks(await readRuleFiles(rules, process.cwd()));
  for (const path of paths) {
    try {
      const scope = parseIncidentFile(await readIncidentFile(path, process.cwd()), knownChecks);
      process.stdout.write(`${terminal(`${path}: ${describe(scope)}`)}\n`);
    } catch (thrown) {
      reportFailure(thrown);
    }
  }
}

function describe(scope: DescribedScope): string {
  const { id, checks, indicators } = scope;
  return `${id} holds: ${showCore(scope)}, ${formatCount(checks.length, 'check')}, ${formatCount(indicators.length, 'indicator')}`;
}

function showCore({ window }: DescribedScope): string {
  return window.kind === 'rolling' ? `last ${window.days} days` : formatDays(window.core);
}
