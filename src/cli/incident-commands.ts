import { readFile } from 'node:fs/promises';
import { findIncident, parseIncidentFile, readIncidents } from '../catalogue/find-scope.ts';
import { AuditError } from '../errors.ts';
import type { Scope } from '../model/scope.ts';
import { formatInstant, formatUtcDay, type TimeWindow } from '../model/time-window.ts';
import { terminal } from '../report/escape/terminal.ts';
import { printTable } from './print-table.ts';
import { reportFailure } from './report-failure.ts';

export function listIncidents(stream: NodeJS.WritableStream): void {
  printTable(stream, {
    head: ['id', 'days', 'title'],
    rows: readIncidents().map((scope) => [scope.id, showCore(scope), scope.title]),
  });
}

/** Prints one incident as a briefing. */
export function showIncident(id: string, stream: NodeJS.WritableStream): void {
  stream.write(`${briefOn(findIncident(id)).join('\n')}\n`);
}

/** Validates incident files; the process fails where one does not hold. */
export async function checkIncidents(
  paths: readonly string[],
  process: NodeJS.Process,
): Promise<void> {
  for (const path of paths) {
    try {
      const scope = parseIncidentFile({ path, text: await readText(path) });
      process.stdout.write(`${terminal(path)}: ${scope.id} holds, ${showCore(scope)}\n`);
    } catch (thrown) {
      reportFailure(thrown);
    }
  }
}

function briefOn(scope: Scope): string[] {
  const { title, summary, exposed, window, cannotTell, checks, indicators, references } = scope;
  return [
    title,
    '',
    ...(summary === '' ? [] : [summary, '']),
    ...(exposed === null ? [] : [`Exposed: ${exposed}`]),
    ...(window.kind === 'rolling'
      ? []
      : [
          `Core window: ${showWindow(window.core)}. ${window.coreReason}`,
          `Review window: ${showWindow(window.review)}. ${window.reviewReason}`,
        ]),
    `Assessable from logs: ${scope.assessable ? 'yes' : 'no'}`,
    ...section('What no log can tell', cannotTell),
    ...section(
      'Checks',
      checks.map((check) => `${check.id} (${check.role})`),
    ),
    ...section(
      'Indicators',
      indicators.map(({ kind, value, strength }) => `${kind} ${value} (${strength})`),
    ),
    ...section(
      'References',
      references.map((reference) => `${reference.title}: ${reference.url}`),
    ),
  ];
}

function section(heading: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', `${heading}:`, ...lines.map((line) => `  ${line}`)];
}

function showCore({ window }: Scope): string {
  return window.kind === 'rolling' ? `last ${window.days} days` : showWindow(window.core);
}

/** Whole days as days, anything else to the instant. */
function showWindow({ sinceMs, untilMs }: TimeWindow): string {
  const ends = [formatInstant(sinceMs), formatInstant(untilMs)];
  if (!ends.every((end) => end.endsWith('T00:00:00.000Z'))) return ends.join(' to ');
  return `${formatUtcDay(sinceMs)} to ${formatUtcDay(untilMs - 1)}`;
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new AuditError({
      code: 'incident-unknown',
      message: `The file ${path} cannot be read`,
      hint: 'Check the path.',
      cause,
    });
  }
}
