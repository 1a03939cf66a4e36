import { createHash } from 'node:crypto';
import type { AuditNews } from '../model/audit-news.ts';
import type { AnnouncedNews, IssueMemory } from '../model/issue-memory.ts';

const DIGEST_LENGTH = 16;

/**
 * What the issue remembers of news before they are told: a run may end between its writing of the issue and its
 * comment, and the next one must know what nobody was told.
 */
export function announceNews({
  news,
  comment,
  since,
}: {
  readonly news: AuditNews;
  readonly comment: string;
  readonly since: string;
}): AnnouncedNews {
  return { news, digest: digestComment(comment), since };
}

/** The same memory without the news that one of these comments told. */
export function forgetTold(memory: IssueMemory, comments: readonly string[]): IssueMemory {
  const { announced, ...rest } = memory;
  if (announced === undefined) return memory;
  return comments.some((comment) => digestComment(comment) === announced.digest) ? rest : memory;
}

/** GitHub may trim the end of a text. */
function digestComment(comment: string): string {
  return createHash('sha256').update(comment.trimEnd()).digest('hex').slice(0, DIGEST_LENGTH);
}
