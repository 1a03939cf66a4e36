import { createHash } from 'node:crypto';
import type { Finding } from '../model/finding.ts';
import type { JudgedAudit } from '../model/judged-audit.ts';
import type { TimeWindow } from '../model/time-window.ts';
import { placeLines } from './issue-blocks.ts';
import type { MarkdownContext } from './markdown/markdown-context.ts';

/**
 * Hidden in the body, so that a later run can tell whether it has anything else to say, and whether anybody changed the
 * text; a line of its own, as no name in a log is.
 */
const DIGEST = /^<!-- okta-audit:content=([0-9a-f]{16}) text=([0-9a-f]{16}) -->$/m;
const DIGEST_LENGTH = 16;
const UNSEALED = '0'.repeat(DIGEST_LENGTH);

/** Blocks that change without anything new to tell; a tick changes nothing but its box. */
const PASSING_BLOCKS: ReadonlySet<string | null> = new Set(['status', 'attempt', 'notes', null]);
const BOX = /^- \[[xX]\] /;

/**
 * A hash of what a reader would want to know of: verdict, coverage, support access, checks and findings, with their
 * review, investigations, and what stands above all. What differs from night to night although nothing happened
 * (times, counts of events read) is not in it.
 */
export function digestContent(
  { judged, identity, minimumSeverity, byUse }: MarkdownContext,
  notices: readonly string[],
): string {
  const { coverage, supportAccess, supportIntervals, investigations } = judged;
  const content = [
    identity.tool.version,
    identity.config,
    minimumSeverity,
    notices,
    judged.verdict,
    judged.cannotTell,
    digestWindow(judged.window, judged),
    coverage.state,
    coverage.holes.map(({ window, reason, checks }) => [
      digestWindow(window, judged),
      reason,
      checks,
    ]),
    [supportAccess.state, supportAccess.expiresAtMs, supportAccess.reason],
    supportIntervals.map(({ startMs, endMs, sessions }) => [startMs, endMs, sessions.length]),
    judged.checks.map(({ id, status }) => [id, status]),
    [byUse.open, byUse.acknowledged, byUse.suppressed, byUse.context].map((findings) =>
      findings.map(digestFinding),
    ),
    byUse.unlisted.length,
    investigations.credentialChanges.map(({ atMs, eventType, target }) => [
      atMs,
      eventType,
      target,
    ]),
    [investigations.users, investigations.sessions, investigations.networks].map((found) =>
      found.map(({ subject, countsByEventType }) => [subject, countsByEventType]),
    ),
  ];
  return hash(JSON.stringify(content));
}

/** A rolling window moves on every night, and with it whatever is missing from its begin or to its end. */
function digestWindow(
  { sinceMs, untilMs }: TimeWindow,
  { scope, window }: JudgedAudit,
): readonly (number | string)[] {
  if (!scope.isRolling) return [sinceMs, untilMs];
  return [sinceMs, untilMs].map((edgeMs) => placeIn(window, edgeMs));
}

function placeIn({ sinceMs, untilMs }: TimeWindow, edgeMs: number): number | 'begin' | 'end' {
  if (edgeMs <= sinceMs) return 'begin';
  return edgeMs >= untilMs ? 'end' : edgeMs;
}

/** Has room for the seal, which waits for the body to be complete. */
export function writeDigest(digest: string): string {
  return `<!-- okta-audit:content=${digest} text=${UNSEALED} -->`;
}

export function readDigest(body: string): string | null {
  return DIGEST.exec(body)?.[1] ?? null;
}

/** The same body with the hash of its own text beside the digest, and no byte longer. */
export function sealBody(body: string): string {
  return body.replace(DIGEST, (_, digest: string) =>
    writeDigest(digest).replace(UNSEALED, hashText(body)),
  );
}

/** False where somebody changed what the audit wrote; ticks and notes change nothing of it. */
export function isAsSealed(body: string): boolean {
  return DIGEST.exec(body)?.[2] === hashText(body);
}

function hashText(body: string): string {
  const lines = placeLines(body)
    .filter(({ block }) => !PASSING_BLOCKS.has(block))
    .map(({ line }) => line.replace(BOX, '- [ ] ').replace(DIGEST, '').trimEnd());
  return hash(lines.join('\n'));
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, DIGEST_LENGTH);
}

function digestFinding(finding: Finding): readonly unknown[] {
  const { id, severity, role, title, summary, eventCount, inWindow } = finding;
  const { eventsSinceAcknowledged, suppressedBy, circumstances, facts } = finding;
  return [
    [id, severity, role, title, summary, eventCount, inWindow],
    [eventsSinceAcknowledged, suppressedBy, circumstances, facts],
  ];
}
