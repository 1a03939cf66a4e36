import type { RunIdentity } from '../model/run-identity.ts';
import { readDigest } from './content-digest.ts';
import { link, prose } from './escape/markdown.ts';
import { insertBlockAfter, readMarker, removeBlock, replaceBlock } from './issue-blocks.ts';
import { renderStatusLine, type StatusToRender } from './markdown/status-line.ts';
import { formatMinute } from './words/format-time.ts';

export interface StatusRewrite extends StatusToRender {
  readonly memoryMarker: string;
}

/** The same body with a new marker and status line and nothing else, for a run that changed nothing. */
export function rewriteIssueStatus(body: string, status: StatusRewrite): string {
  const rest = removeBlock(body.slice(readMarker(body).length).replace(/^\n+/, ''), 'attempt');
  const marked = `${status.memoryMarker}\n\n${rest}`;
  const line = renderStatusLine(status);
  return (
    replaceBlock(marked, 'status', line) ??
    insertBlockAfter(marked, { after: 'verdict', name: 'status', text: line })
  );
}

export interface FailedAttempt {
  readonly atMs: number;
  readonly run: RunIdentity['run'];
  /** What failed, for a person. */
  readonly message: string;
}

/** The same body with a line that says that the last run could not look; it changes nothing else, not even the marker. */
export function noteFailedAttempt(body: string, { atMs, run, message }: FailedAttempt): string {
  const text = [
    `**Last attempt failed:** ${formatMinute(atMs)} UTC`,
    ...(run === null ? [] : [link('run', run.url)]),
    prose(message),
  ].join(' · ');
  return (
    replaceBlock(body, 'attempt', text) ??
    insertBlockAfter(body, { after: 'status', name: 'attempt', text })
  );
}

/** Says whether two bodies tell a reader the same, whatever their markers, status lines and dates say. */
export function isSameIssueContent(one: string, other: string): boolean {
  const digest = readDigest(one);
  return digest !== null && digest === readDigest(other);
}
