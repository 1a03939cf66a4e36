import { AuditError, type ErrorCode } from '../errors.ts';
import { type GitHubFailure, isRateLimited } from './github-failure.ts';

/** What was tried, in the words that an error needs. */
export interface GitHubPurpose {
  /** After "could not": `create the issue`. */
  readonly task: string;
  /** `owner/name` */
  readonly repository: string;
  /** As a workflow's `permissions` names it: what the audit needs in all, so that nobody is sent to grant it twice. */
  readonly permission: 'issues: write' | 'metadata: read';
}

interface Explanation {
  readonly code: ErrorCode;
  readonly hint: string;
}

/** Words a failure for people: what could not be done where, and which input or permission to change. */
export function toGitHubError(failure: GitHubFailure, purpose: GitHubPurpose): AuditError {
  const { code, hint } = explain(failure, purpose);
  const reason =
    failure.kind === 'answer'
      ? `GitHub answered ${failure.status} (${failure.message})`
      : `no answer came from GitHub (${failure.message})`;
  return new AuditError({
    code,
    message: `Could not ${purpose.task} in ${purpose.repository}: ${reason}.`,
    hint,
  });
}

function explain(failure: GitHubFailure, purpose: GitHubPurpose): Explanation {
  if (failure.kind === 'no-answer') return explainSilence();
  if (isRateLimited(failure)) return explainRateLimit();
  if (failure.status === 401) return explainCredentials();
  if (failure.status === 403) return explainForbidden(failure.message, purpose);
  if (failure.status === 404) return explainNotFound(purpose);
  if (failure.status === 410) return explainGone(purpose);
  if (failure.status >= 500) return explainOutage();
  return explainRefusal(failure.message, purpose);
}

function explainRefusal(message: string, { task }: GitHubPurpose): Explanation {
  // A label's name can be too long as well.
  if (/\bbody is too long/i.test(message)) {
    return {
      code: 'github-unexpected-response',
      hint: 'More waits for review than one issue can remember; the report files have all of it. Raise `minimum-severity`, or suppress in the tuning file what needs no review.',
    };
  }
  const inputs = task.startsWith('create ')
    ? '`issue-labels`, `issue-assignees` and `issue-repository`'
    : '`issue-repository`';
  return {
    code: 'github-unexpected-response',
    hint: `GitHub refuses what was sent, for the reason above: check ${inputs}. If nothing is wrong there, please report this with the version.`,
  };
}

function explainSilence(): Explanation {
  return {
    code: 'github-unreachable',
    hint: 'Check that the runner can reach the API (`GITHUB_API_URL`, and `HTTPS_PROXY`, as in `http://proxy.example.com:3128`, where there is a proxy), then run the workflow again.',
  };
}

function explainOutage(): Explanation {
  return {
    code: 'github-unreachable',
    hint: 'GitHub had a fault of its own and kept it through several attempts. Run the workflow again when https://www.githubstatus.com shows no incident.',
  };
}

function explainRateLimit(): Explanation {
  return {
    code: 'github-rate-limited',
    hint: 'Run the workflow again later, or give `github-token` a token that other workflows do not use.',
  };
}

function explainCredentials(): Explanation {
  return {
    code: 'github-credentials-rejected',
    hint: 'Check `github-token`: it is wrong, expired or revoked. `${{ github.token }}` always works for the repository of the workflow.',
  };
}

function explainForbidden(message: string, purpose: GitHubPurpose): Explanation {
  if (/archived/i.test(message)) {
    return {
      code: 'github-forbidden',
      hint: `${purpose.repository} is archived. Name another \`issue-repository\`, or unarchive it.`,
    };
  }
  if (/\blocked\b/i.test(message)) {
    return {
      code: 'github-forbidden',
      hint: 'The conversation of the issue is locked: unlock it, so that news can be told in a comment.',
    };
  }
  if (/disabled on issues with more than/i.test(message)) {
    return {
      code: 'github-forbidden',
      hint: 'The issue has as many comments as GitHub takes, for good: news stand in its text alone. Tick there what is explained, then delete its first, hidden line: the next run begins a new issue, and lists what its window holds as new.',
    };
  }
  if (/SAML|single sign-on/i.test(message)) {
    return {
      code: 'github-forbidden',
      hint: 'The organisation demands single sign-on: authorise the token of `github-token` for it.',
    };
  }
  if (/IP allow list/i.test(message)) {
    return {
      code: 'github-forbidden',
      hint: 'The organisation lets nobody in but from its allowed addresses: run the job on a runner with a fixed address that is among them.',
    };
  }
  if (/forbids access via/i.test(message)) {
    return {
      code: 'github-forbidden',
      hint: `The organisation takes no such token: give \`github-token\` another kind of token, such as that of a GitHub App, with \`${purpose.permission}\` in ${purpose.repository}.`,
    };
  }
  return {
    code: 'github-forbidden',
    hint: `Give the job \`permissions: { ${purpose.permission} }\`. Where \`issue-repository\` is not the repository of the workflow, \`github-token\` must be a token that has \`${purpose.permission}\` in ${purpose.repository}.`,
  };
}

function explainNotFound(purpose: GitHubPurpose): Explanation {
  if (purpose.permission === 'metadata: read') {
    return {
      code: 'github-not-found',
      hint: 'Check the spelling of `issue-repository`, and give `github-token` a token that can see it and the repository of the workflow: the token of a workflow sees no private repository but its own. Nothing is published where nobody knows who can read it.',
    };
  }
  return {
    code: 'github-not-found',
    hint: `Check the spelling of \`issue-repository\`, that issues are turned on there, and that \`github-token\` may see it (\`${purpose.permission}\`): the token of a workflow sees no private repository but its own.`,
  };
}

function explainGone(purpose: GitHubPurpose): Explanation {
  return {
    code: 'github-not-found',
    hint: `The issue was deleted, or issues are turned off in ${purpose.repository}: turn them on in its settings, or name another \`issue-repository\`.`,
  };
}
