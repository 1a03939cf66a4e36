import { type FoundIssue, findIssue, toFoundIssue } from './find-issue.ts';
import { fetchIssue, type IssueSite } from './issue-site.ts';
import type { OwnLogin } from './read-visibility.ts';
import { type IssueUpsert, type PublishedIssue, upsertIssue } from './upsert-issue.ts';
import { type IssueDraft, writeIssue } from './write-issue.ts';

interface FailureNote {
  /** What `findIssue` gave earlier in the same run, or gives now. */
  readonly found: FoundIssue | null;
  /** Writes the note into the status line of a body; pure. */
  readonly addNote: (body: string) => string;
}

/** The issues of one repository, as one audit sees them. Every method throws AuditError `github-*`. */
export interface IssueBoard {
  findIssue(markerKey: string): Promise<FoundIssue | null>;
  upsertIssue(upsert: IssueUpsert): Promise<PublishedIssue>;
  /** Says in the issue that a run failed, where there is one. Neither opens, closes nor cleans anything. */
  noteFailure(note: FailureNote): Promise<void>;
}

export type IssueBoardOptions = Omit<IssueSite, 'login' | 'isLoginAssumed'> & {
  readonly ownLogin: OwnLogin;
};

export function createIssueBoard({ ownLogin, ...options }: IssueBoardOptions): IssueBoard {
  function openSite(): IssueSite {
    if (ownLogin.failure !== null) throw ownLogin.failure;
    const { login, isAssumed = false } = ownLogin;
    return { ...options, login, isLoginAssumed: isAssumed };
  }

  return {
    findIssue: async (markerKey) => {
      const found = await findIssue(openSite(), markerKey);
      // Taken for none, the issue of another login would get a second one beside it that remembers nothing.
      if (found === null && ownLogin.failure === null && ownLogin.doubt !== null) {
        throw ownLogin.doubt;
      }
      return found;
    },
    upsertIssue: async (upsert) => upsertIssue(openSite(), upsert),
    noteFailure: async (note) => noteFailure(openSite(), note),
  };
}

async function noteFailure(site: IssueSite, { found, addNote }: FailureNote): Promise<void> {
  if (found === null) return;
  const current = toFoundIssue(site, await fetchIssue(site, found.number));
  const decide = (issue: FoundIssue | null): IssueDraft => ({
    title: current.title,
    body: addNote((issue ?? current).body),
    comment: null,
    open: current.isOpen,
    isUnchanged: true,
  });
  await writeIssue(site, { before: current, draft: decide(current), current, decide });
}
