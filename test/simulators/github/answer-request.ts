import { isRecord } from '../../../src/model/log-event.ts';
import type { EmulatedAnswer } from './emulated-github.ts';
import type { FaultEffect } from './github-faults.ts';
import { answerGraphql } from './github-graphql.ts';
import { dropSilently, type GitHubRequest, refusal, refuse } from './github-rules.ts';
import type { GitHubToken } from './github-token.ts';
import { actAs, type GitHubWorld } from './github-world.ts';

export interface Arrival {
  readonly world: GitHubWorld;
  readonly request: GitHubRequest;
  /** Undefined where the secret is not known. */
  readonly token: GitHubToken | undefined;
  readonly effects: readonly FaultEffect[];
}

/** Gives the answer, or what happens instead of one. */
export async function answerRequest(
  arrival: Arrival,
): Promise<(EmulatedAnswer & { readonly breaksOff?: boolean }) | 'reset' | 'silence'> {
  const { effects } = arrival;
  for (const effect of effects) {
    if (effect.kind === 'reset' || effect.kind === 'silence') return effect.kind;
    if (effect.kind === 'before') await effect.act();
    if (effect.kind === 'answer') {
      const answer = refusal(effect.status, effect.message ?? `Simulated ${effect.status}`);
      return {
        ...answer,
        headers: { ...answer.headers, ...effect.headers },
        ...(effect.body === undefined ? {} : { body: effect.body }),
      };
    }
  }
  const answer = await answerCalmly(arrival);
  for (const effect of effects) {
    if (effect.kind === 'after') await effect.act();
  }
  if (effects.some((effect) => effect.kind === 'lost-answer')) return 'reset';
  return { ...answer, breaksOff: effects.some((effect) => effect.kind === 'half-answer') };
}

async function answerCalmly({ world, request, token, effects }: Arrival): Promise<EmulatedAnswer> {
  const refused = refuse(world, request, token);
  if (refused !== null || token === undefined) return refused ?? refusal(401, 'Bad credentials');
  if (request.path === '/graphql') return answerGraphql(world, token, request.body);
  const body = dropSilently(request, token);
  const keepsBody = effects.some((effect) => effect.kind === 'old-body');
  const answer = await actAs(world, {
    login: token.login,
    method: request.method,
    path: request.path,
    ...(body === null ? {} : { body: keepsBody ? withoutBody(body) : body }),
  });
  return { ...answer, body: correct(world, request.path, answer.body) };
}

/** Says what the emulator cannot: visibility, pull requests among issues, lists that name no closer, comments since a time. */
function correct(world: GitHubWorld, path: string, body: unknown): unknown {
  const { pathname, searchParams } = new URL(path, 'http://github.example');
  if (Array.isArray(body) && pathname.endsWith('/issues')) {
    return body.map((issue) => ({ ...markPullRequest(world, issue), closed_by: null }));
  }
  if (Array.isArray(body) && pathname.endsWith('/comments')) {
    const sinceMs = Date.parse(searchParams.get('since') ?? '1970-01-01');
    return body.filter((comment) => Date.parse(comment['updated_at']) >= sinceMs);
  }
  if (/^\/repos\/[^/]+\/[^/]+$/.test(pathname) && isRecord(body)) {
    const visibility = world.visibilities.get(pathname.slice('/repos/'.length).toLowerCase());
    return { ...body, visibility, private: visibility !== 'public' };
  }
  return body;
}

function markPullRequest(world: GitHubWorld, issue: unknown): Record<string, unknown> {
  if (!isRecord(issue)) return {};
  const path = new URL(String(issue['url'])).pathname.toLowerCase();
  return world.pullRequests.has(path)
    ? { ...issue, pull_request: { url: issue['url'] } }
    : { ...issue };
}

function withoutBody(body: unknown): unknown {
  if (!isRecord(body)) return body;
  const { body: _, ...rest } = body;
  return rest;
}
