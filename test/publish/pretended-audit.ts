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
 * What the body lists is what was known before; ticks are kept, a finding that is new is news.
 */
export function decideFor({ run, findings, isIncident = false }: PretendedRun): DecideIssue {
  return (current) => {
    const known = readKnown(current?.body ?? '');
    const news = findings.filter((id) => !known.has(id));
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
      body: [marker(KEY, run), 'A pretended audit.', `Last look: run ${run}`, ...rows].join('\n'),
      comment: current === null || news.length === 0 ? null : `New: ${news.join(', ')}`,
      bodyBeforeNews: current?.body ?? '',
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

function readKnown(body: string): Map<string, boolean> {
  const rows = [...body.matchAll(/^- \[([ x])\] (\S+)$/gm)];
  return new Map(rows.map(([, tick, id]) => [id ?? '', tick === 'x']));
}
