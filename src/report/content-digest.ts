import { createHash } from 'node:crypto';
import type { Finding } from '../model/finding.ts';
import type { MarkdownContext } from './markdown/markdown-context.ts';

/** Hidden in the body, so that a later run can tell whether it has anything else to say; a line of its own, as no name in a log is. */
const DIGEST = /^<!-- okta-audit:content=([0-9a-f]{16}) -->$/m;
const DIGEST_LENGTH = 16;

/**
 * A hash of what a reader would want to know of: verdict, coverage, support access, checks and findings, with their
 * review. What differs from night to night although nothing happened (times, counts of events read) is not in it.
 */
export function digestContent({
  judged,
  identity,
  minimumSeverity,
  byUse,
}: MarkdownContext): string {
  const { coverage, supportAccess, supportIntervals } = judged;
  const content = [
    identity.tool.version,
    identity.config?.path ?? null,
    minimumSeverity,
    judged.verdict,
    judged.cannotTell,
    coverage.state,
    coverage.holes.map(({ reason, checks }) => [reason, checks]),
    [supportAccess.state, supportAccess.expiresAtMs, supportAccess.reason],
    supportIntervals.map(({ startMs, endMs, sessions }) => [startMs, endMs, sessions.length]),
    judged.checks.map(({ id, status }) => [id, status]),
    [byUse.open, byUse.acknowledged, byUse.suppressed, byUse.context].map((findings) =>
      findings.map(digestFinding),
    ),
    byUse.unlisted.length,
  ];
  const hash = createHash('sha256').update(JSON.stringify(content)).digest('hex');
  return hash.slice(0, DIGEST_LENGTH);
}

export function writeDigest(digest: string): string {
  return `<!-- okta-audit:content=${digest} -->`;
}

export function readDigest(body: string): string | null {
  return DIGEST.exec(body)?.[1] ?? null;
}

function digestFinding(finding: Finding): readonly unknown[] {
  const { id, severity, role, title, summary, eventCount, inWindow } = finding;
  const { eventsSinceAcknowledged } = finding;
  return [id, severity, role, title, summary, eventCount, inWindow, eventsSinceAcknowledged];
}
