import { readFileSync } from 'node:fs';
import { buildSchema, GraphQLError, graphql } from 'graphql';
import { isRecord } from '../../../src/model/log-event.ts';
import type { EmulatedAnswer } from './emulated-github.ts';
import { maySee } from './github-rules.ts';
import type { GitHubToken } from './github-token.ts';
import { type GitHubWorld, issuePath } from './github-world.ts';

const SCHEMA = buildSchema(
  readFileSync(new URL('./github-schema.graphql', import.meta.url), 'utf8'),
);

/** Answers GraphQL as GitHub does: status 200 also for errors, which carry a `type`. The emulator has none. */
export async function answerGraphql(
  world: GitHubWorld,
  token: GitHubToken,
  body: unknown,
): Promise<EmulatedAnswer> {
  const { query, variables } = isRecord(body) ? body : { query: '', variables: {} };
  const result = await graphql({
    schema: SCHEMA,
    source: String(query),
    variableValues: isRecord(variables) ? variables : {},
    rootValue: {
      viewer: () => ({ login: allowed(token).login }),
      repository: (asked: { owner: string; name: string }) =>
        openRepository(world, allowed(token), `${asked.owner}/${asked.name}`),
    },
  });
  return {
    status: 200,
    headers: { 'content-type': 'application/json; charset=utf-8' },
    body: {
      data: result.data ?? null,
      ...(result.errors === undefined
        ? {}
        : {
            errors: result.errors.map((error) => ({
              ...error.toJSON(),
              type: error.extensions['type'],
            })),
          }),
    },
  };
}

function allowed(token: GitHubToken): GitHubToken {
  if (token.mayUseGraphql) return token;
  throw graphqlError('FORBIDDEN', 'Resource not accessible by integration');
}

function openRepository(world: GitHubWorld, token: GitHubToken, repository: string) {
  const visibility = world.visibilities.get(repository.toLowerCase());
  if (visibility === undefined || visibility === 'unknown' || !maySee(token, repository)) {
    throw graphqlError(
      'NOT_FOUND',
      `Could not resolve to a Repository with the name '${repository}'.`,
    );
  }
  return {
    visibility: visibility.toUpperCase(),
    issue: ({ number }: { number: number }) => openIssue(world, { token, repository, number }),
  };
}

async function openIssue(
  world: GitHubWorld,
  asked: { token: GitHubToken; repository: string; number: number },
) {
  const path = issuePath(asked.repository, asked.number);
  const answer = await world.emulated.call({ login: asked.token.login, method: 'GET', path });
  if (answer.status !== 200 || !isRecord(answer.body)) {
    throw graphqlError(
      'NOT_FOUND',
      `Could not resolve to an Issue with the number of ${asked.number}.`,
    );
  }
  const issue = answer.body;
  return {
    number: issue['number'],
    title: issue['title'],
    body: issue['body'] ?? '',
    state: String(issue['state']).toUpperCase(),
    updatedAt: issue['updated_at'],
    userContentEdits: ({ first }: { first?: number }) => listEdits(world, path, first ?? 100),
  };
}

/** Newest first, each with the whole text; an issue that was never edited has none. */
function listEdits(world: GitHubWorld, path: string, first: number) {
  const revisions = world.revisions.get(path) ?? [];
  const edits = revisions.length < 2 ? [] : revisions.toReversed();
  return {
    totalCount: edits.length,
    nodes: edits.slice(0, first).map((revision) => ({
      editedAt: revision.editedAt,
      editor: { login: revision.login, __typename: 'User' },
      diff: revision.body,
    })),
  };
}

function graphqlError(type: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { type } });
}
