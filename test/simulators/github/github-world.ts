import { isRecord } from '../../../src/model/log-event.ts';
import type { EmulatedAnswer, EmulatedCall, EmulatedGitHub } from './emulated-github.ts';
import type { GitHubToken } from './github-token.ts';

/** `unknown`: the repository's issues can be reached, but nothing says who can read them. */
export type SimulatedVisibility = 'public' | 'private' | 'internal' | 'unknown';

/** One text that an issue's body has had. */
interface Revision {
  readonly editedAt: string;
  readonly login: string;
  readonly body: string;
}

/** Everything that the simulated GitHub knows beyond what the emulator keeps. */
export interface GitHubWorld {
  readonly emulated: EmulatedGitHub;
  readonly tokens: Map<string, GitHubToken>;
  readonly people: readonly string[];
  /** By lower-case `owner/name`. */
  readonly visibilities: Map<string, SimulatedVisibility>;
  /** By lower-case `/repos/owner/name/issues/1`, oldest first. */
  readonly revisions: Map<string, Revision[]>;
  /** Paths of issues that are pull requests. */
  readonly pullRequests: Set<string>;
}

/** Does what a login asks and keeps the history of bodies, as GitHub's own does for everybody alike. */
export async function actAs(world: GitHubWorld, call: EmulatedCall): Promise<EmulatedAnswer> {
  const answer = await world.emulated.call(call);
  const issue = readWrittenIssue(call, answer);
  if (issue !== null) {
    const revisions = world.revisions.get(issue.path) ?? [];
    world.revisions.set(issue.path, [...revisions, { ...issue.revision, login: call.login }]);
  }
  return answer;
}

export function issuePath(repository: string, number: number): string {
  return `/repos/${repository}/issues/${number}`.toLowerCase();
}

function readWrittenIssue(
  call: EmulatedCall,
  answer: EmulatedAnswer,
): { path: string; revision: Omit<Revision, 'login'> } | null {
  if (answer.status >= 300 || !isRecord(answer.body) || !isRecord(call.body)) return null;
  if (!/^\/repos\/[^/]+\/[^/]+\/issues(\/\d+)?$/.test(call.path)) return null;
  if (call.method === 'PATCH' && call.body['body'] === undefined) return null;
  const repository = call.path.split('/').slice(2, 4).join('/');
  return {
    path: issuePath(repository, Number(answer.body['number'])),
    revision: {
      editedAt: String(answer.body['updated_at']),
      body: String(answer.body['body'] ?? ''),
    },
  };
}
