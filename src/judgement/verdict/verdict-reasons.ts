import type { Finding } from '../../model/finding.ts';
import { formatCount } from '../../model/format-count.ts';
import { formatStretch } from '../format-time.ts';
import { isInLog } from './decide-verdict.ts';
import type { Answer } from './word-verdict.ts';

const MOST_NAMED = 5;

interface Reasoned extends Answer {
  readonly findings: readonly Finding[];
}

/** What the verdict rests on, one text each: the findings that decide it, the coverage, and what still waits. */
export function listVerdictReasons({ findings, verdict, coverage, scope }: Reasoned): string[] {
  const role = verdict === 'evidence-found' ? 'evidence' : 'review';
  const deciding = findings.filter((finding) => isInLog(finding) && finding.role === role);
  const rest = deciding.length - MOST_NAMED;
  const carried = findings.filter((finding) => !isInLog(finding)).length;
  return [
    ...deciding.slice(0, MOST_NAMED).map(nameFinding),
    ...(rest > 0 ? [`${formatCount(rest, 'more finding')} with role ${role}`] : []),
    `coverage is ${coverage.state}`,
    ...coverage.holes
      .filter(({ decides }) => decides)
      .map(({ window, reason, remedy }) => `${formatStretch(window)}: ${reason}; ${remedy}`),
    ...(scope.assessable ? [] : ['no Okta log can answer what this scope asks']),
    ...(carried === 0
      ? []
      : [
          `${formatCount(carried, 'finding')} from outside this window still ${carried === 1 ? 'waits' : 'wait'} for review`,
        ]),
  ];
}

function nameFinding({ id, role, severity, title }: Finding): string {
  return `${id} (${role}, ${severity}): ${title}`;
}
