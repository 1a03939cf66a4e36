import { AuditError } from '../errors.ts';
import { acknowledgeTicked } from '../memory/acknowledge-ticked.ts';
import { forgetTold } from '../memory/announce-news.ts';
import { decodeMemory } from '../memory/decode-memory.ts';
import { findMarker } from '../memory/issue-marker.ts';
import { readTicks } from '../memory/read-ticks.ts';
import { formatSome } from '../model/format-some.ts';
import { EMPTY_MEMORY, type IssueMemory } from '../model/issue-memory.ts';

const MOST_NAMED = 10;

/** An issue as far as it remembers anything. */
export interface RememberingIssue {
  readonly body: string;
  readonly closedByPerson: boolean;
  readonly ownComments: readonly string[];
}

/**
 * What an issue remembers, with what people ticked in it taken as acknowledged and without the news that was told. A damaged memory begins anew: then
 * everything found is new again, and what waited from before is said to be missing.
 * @throws AuditError `github-unexpected-response` where a later version of this program wrote it.
 */
export function recallMemory(issue: RememberingIssue | null): IssueMemory {
  if (issue === null) return EMPTY_MEMORY;
  return acknowledgeTicked({
    memory: forgetTold(readMemory(issue.body), issue.ownComments),
    ticks: readTicks(issue.body),
    closedByPerson: issue.closedByPerson,
  });
}

function readMemory(body: string): IssueMemory {
  const marker = findMarker(body);
  if (marker.kind === 'newer') throw writtenByLaterVersion();
  const decoded = decodeMemory(marker.kind === 'marker' ? (marker.memory ?? '') : '');
  if (decoded.kind === 'newer') throw writtenByLaterVersion();
  return decoded.kind === 'memory' ? decoded.memory : beginAnew(decoded.reason, body);
}

/** The boxes that nobody had ticked still say what waited. */
function beginAnew(reason: string, body: string): IssueMemory {
  const waiting = [...readTicks(body).unticked];
  const named = waiting.length === 0 ? 'what waited' : formatSome(waiting, MOST_NAMED);
  return {
    ...EMPTY_MEMORY,
    unread: {
      reason,
      remedy: `look into the edit history of the issue for ${named}; ticks have to be set again, and the next run goes on from here`,
    },
  };
}

function writtenByLaterVersion(): AuditError {
  return new AuditError({
    code: 'github-unexpected-response',
    message:
      'The issue was written by a later version of this audit, whose memory this one cannot read',
    hint: 'Run the later version again. Writing now would forget what it knows.',
  });
}
