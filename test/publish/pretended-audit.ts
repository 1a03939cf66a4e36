import type { FoundIssue } from '../../src/publish/find-issue.ts';
import type { DecideIssue } from '../../src/publish/write-issue.ts';

export const KEY = 'acme-standing';

export interface PretendedRun {
  readonly run: number;
  /** Ids of everything that the run found. */
  readonly findings: readonly string[];
  readonly isIncident?: boolean;
}

/**
 * Stands in for judgement and report: a body with a marker, a status line and one checkbox a finding.
 * What the body lists is what was known before; ticks are kept, a finding that is new is news, and so is one that was
 * announced and that no comment told.
 */
export function decideFor({ run, findings, isIncident = false }: PretendedRun): DecideIssue {
  return (current) => {
    const known = readKnown(current?.body ?? '');
    const untold = readUntold(current);
    const news = findings.filter((id) => !known.has(id) || untold.has(id));
    const comment = current === null || news.length === 0 ? null : tell(news);
    const announced = comment === null ? '' : announce(current?.updatedAt ?? '', news);
    const ticked = new Set(
      [...known].filter(([, isTicked]) => isTicked || current?.closedByPerson).map(([id]) => id),
    );
    const rows = [...new Set([...known.keys(), ...findings])].map(
      (id) => `- [${ticked.has(id) ? 'x' : ' '}] ${id}`,
    );
    const before = current?.body.split('\n').slice(3).join('\n');
    const waiting = rows.filter((row) => row.startsWith('- [ ]')).length;
    return {
      title: 'Okta audit: acme.okta.example',
      body: [
        marker(KEY, run),
        `A pretended audit.${announced}`,
        `Last look: run ${run}`,
        ...rows,
      ].join('\n'),
      comment,
      open: isIncident ? (current?.isOpen ?? true) || news.length > 0 : waiting > 0,
      isUnchanged: before === rows.join('\n'),
    };
  };
}

export function marker(key: string, run: number): string {
  return `<!-- pretended key=${key} run=${run} -->`;
}

export function readMarkerKey(body: string): string | null {
  return /^<!-- pretended key=(\S+) run=\d+ -->/.exec(body)?.[1] ?? null;
}

export function readAnnouncedSince(body: string): string | null {
  return ANNOUNCED.exec(body)?.[1] ?? null;
}

const ANNOUNCED = /^A pretended audit\. Announced since (\S+): (.+)$/m;

function announce(since: string, news: readonly string[]): string {
  return ` Announced since ${since}: ${news.join(', ')}`;
}

function tell(news: readonly string[]): string {
  return `New: ${news.join(', ')}`;
}

function readUntold(current: FoundIssue | null): ReadonlySet<string> {
  const news = ANNOUNCED.exec(current?.body ?? '')?.[2]?.split(', ') ?? [];
  return new Set(current?.ownComments.includes(tell(news)) ? [] : news);
}

function readKnown(body: string): Map<string, boolean> {
  const rows = [...body.matchAll(/^- \[([ x])\] (\S+)$/gm)];
  return new Map(rows.map(([, tick, id]) => [id ?? '', tick === 'x']));
}
