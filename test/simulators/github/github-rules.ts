import { isRecord } from '../../../src/model/log-event.ts';
import type { EmulatedAnswer } from './emulated-github.ts';
import type { GitHubToken } from './github-token.ts';
import type { GitHubWorld } from './github-world.ts';

export interface GitHubRequest {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly body: unknown;
}

/** Source: the message of GitHub's own refusal, as many public issues quote it. */
const MAX_BODY_CHARACTERS = 65_536;

/** Gives GitHub's refusal where the emulator would be too kind, or null. */
export function refuse(
  world: GitHubWorld,
  request: GitHubRequest,
  token: GitHubToken | undefined,
): EmulatedAnswer | null {
  if (token === undefined) return refusal(401, 'Bad credentials');
  const { pathname } = new URL(request.path, 'http://github.example');
  if (pathname === '/user' && token.kind === 'actions') return notAccessible(token);
  const repository = /^\/repos\/([^/]+\/[^/]+)/.exec(pathname)?.[1];
  if (repository === undefined) return null;
  if (!maySee(token, repository)) return refusal(404, 'Not Found');
  const isRepositoryItself = /^\/repos\/[^/]+\/[^/]+$/.test(pathname);
  if (isRepositoryItself && world.visibilities.get(repository.toLowerCase()) === 'unknown') {
    return refusal(404, 'Not Found');
  }
  if (isRepositoryItself) return null;
  const isPublic = world.visibilities.get(repository.toLowerCase()) === 'public';
  if (token.issues === 'none' && (request.method !== 'GET' || !isPublic)) {
    return notAccessible(token);
  }
  if (request.method === 'GET') return null;
  return token.issues === 'write' ? refuseContent(world, request) : notAccessible(token);
}

/** What GitHub leaves out without a word: labels without the right to set them, a body that is too long. */
export function dropSilently(request: GitHubRequest, token: GitHubToken): unknown {
  if (!isRecord(request.body)) return request.body;
  const { labels, assignees, body, ...rest } = request.body;
  return {
    ...rest,
    ...(token.mayLabel && labels !== undefined ? { labels } : {}),
    ...(token.mayLabel && assignees !== undefined ? { assignees } : {}),
    ...(request.method === 'PATCH' && isTooLong(body) ? {} : { body }),
  };
}

export function maySee(token: GitHubToken, repository: string): boolean {
  if (token.repositories === 'all') return true;
  return token.repositories.some((seen) => seen.toLowerCase() === repository.toLowerCase());
}

export function refusal(
  status: number,
  message: string,
  more: Readonly<Record<string, unknown>> = {},
): EmulatedAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: {
      message,
      ...more,
      documentation_url: 'https://docs.github.com/rest',
      status: String(status),
    },
  };
}

function refuseContent(world: GitHubWorld, { method, body }: GitHubRequest): EmulatedAnswer | null {
  if (method !== 'POST' || !isRecord(body)) return null;
  if (isTooLong(body['body'])) {
    return invalid({
      code: 'custom',
      field: 'body',
      message: `body is too long (maximum is ${MAX_BODY_CHARACTERS} characters)`,
    });
  }
  const assignees = Array.isArray(body['assignees']) ? body['assignees'] : [];
  const stranger = assignees.find((login) => !world.people.includes(String(login)));
  if (stranger === undefined) return null;
  return invalid({ code: 'invalid', field: 'assignees', value: stranger });
}

function isTooLong(body: unknown): boolean {
  return typeof body === 'string' && body.length > MAX_BODY_CHARACTERS;
}

function invalid(problem: Readonly<Record<string, unknown>>): EmulatedAnswer {
  return refusal(422, 'Validation Failed', { errors: [{ resource: 'Issue', ...problem }] });
}

function notAccessible(token: GitHubToken): EmulatedAnswer {
  return refusal(
    403,
    token.kind === 'actions'
      ? 'Resource not accessible by integration'
      : 'Resource not accessible by personal access token',
  );
}
