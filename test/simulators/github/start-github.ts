import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { answerRequest } from './answer-request.ts';
import { type EmulatedAnswer, startEmulatedGitHub } from './emulated-github.ts';
import { createFaultQueue, type Fault } from './github-faults.ts';
import { createPeople, type GitHubPeople } from './github-people.ts';
import type { GitHubRequest } from './github-rules.ts';
import { ACTIONS_LOGIN, ACTIONS_TOKEN, type GitHubToken } from './github-token.ts';
import type { GitHubWorld, SimulatedVisibility } from './github-world.ts';

/** The secret of the token that a workflow gets; synthetic. */
export const ACTIONS_SECRET = 'synthetic-actions-token';

const PEOPLE = ['ann', 'bo', 'mallory'];

export interface GitHubOptions {
  /** By `owner/name`; `acme/security`, private, without it. */
  readonly repositories?: Readonly<Record<string, SimulatedVisibility>>;
  /** By secret, beside the workflow's own token. */
  readonly tokens?: Readonly<Record<string, GitHubToken>>;
}

/** One request that reached the simulated GitHub, in the order of arrival. */
export interface RecordedRequest extends GitHubRequest {
  readonly authorization: string;
  /** Null where the connection broke or nothing was answered. */
  readonly status: number | null;
}

export interface GitHubSimulator {
  /** For `GITHUB_API_URL`. */
  readonly url: string;
  readonly requests: readonly RecordedRequest[];
  forgetRequests(): void;
  addFault(fault: Fault): void;
  /** Everything works again. */
  clearFaults(): void;
  setToken(secret: string, token: GitHubToken): void;
  setVisibility(repository: string, visibility: SimulatedVisibility): void;
  /** What people do in a repository; the first one without a name. */
  people(repository?: string): GitHubPeople;
  close(): Promise<void>;
}

/**
 * Starts GitHub on loopback: the stateful `emulate` behind a server of our own that enforces what it does not
 * (tokens, permissions, lengths), answers GraphQL, breaks on demand and keeps a log of requests.
 */
export async function startGitHub(options: GitHubOptions = {}): Promise<GitHubSimulator> {
  const repositories = options.repositories ?? { 'acme/security': 'private' };
  const requests: RecordedRequest[] = [];
  const faults = createFaultQueue();
  const server = createServer((incoming, outgoing) => {
    serve(incoming, outgoing).catch((error: unknown) => {
      outgoing.writeHead(500).end(`The simulator failed: ${String(error)}`);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port to listen on');
  const url = `http://127.0.0.1:${address.port}`;
  const world = await openWorld({ repositories, tokens: options.tokens ?? {}, publicUrl: url });

  async function serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const request = await readRequest(incoming);
    const authorization = incoming.headers.authorization ?? '';
    const token = world.tokens.get(authorization.replace(/^(bearer|token) /i, ''));
    const effects = faults.take(request);
    const answer = await answerRequest({ world, request, token, effects });
    const status = typeof answer === 'string' ? null : answer.status;
    requests.push({ ...request, authorization, status });
    if (answer === 'reset') outgoing.destroy();
    else if (answer !== 'silence') send(outgoing, answer);
  }

  return {
    url,
    requests,
    forgetRequests: () => {
      requests.length = 0;
    },
    addFault: (fault) => faults.add(fault),
    clearFaults: () => faults.clear(),
    setToken: (secret, token) => {
      world.tokens.set(secret, token);
    },
    setVisibility: (repository, visibility) => {
      world.visibilities.set(repository.toLowerCase(), visibility);
    },
    people: (repository = Object.keys(repositories)[0] ?? '') => createPeople(world, repository),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await world.emulated.close();
    },
  };
}

async function openWorld(seed: {
  repositories: Readonly<Record<string, SimulatedVisibility>>;
  tokens: Readonly<Record<string, GitHubToken>>;
  publicUrl: string;
}): Promise<GitHubWorld> {
  const tokens = new Map(Object.entries({ [ACTIONS_SECRET]: ACTIONS_TOKEN, ...seed.tokens }));
  const logins = [...tokens.values()].map((token) => token.login);
  return {
    emulated: await startEmulatedGitHub({
      logins: [...new Set([ACTIONS_LOGIN, ...PEOPLE, ...logins])],
      repositories: Object.keys(seed.repositories),
      publicUrl: seed.publicUrl,
    }),
    tokens,
    people: PEOPLE,
    visibilities: new Map(
      Object.entries(seed.repositories).map(([name, visibility]) => [
        name.toLowerCase(),
        visibility,
      ]),
    ),
    revisions: new Map(),
    pullRequests: new Set(),
  };
}

async function readRequest(incoming: IncomingMessage): Promise<GitHubRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString('utf8');
  return {
    method: incoming.method ?? 'GET',
    path: incoming.url ?? '/',
    body: text === '' ? null : JSON.parse(text),
  };
}

function send(
  outgoing: ServerResponse,
  { status, headers, body, breaksOff }: EmulatedAnswer & { readonly breaksOff?: boolean },
): void {
  const text = body === null ? '' : JSON.stringify(body);
  outgoing.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(text) });
  if (breaksOff !== true) outgoing.end(text);
  else outgoing.write(text.slice(0, text.length / 2), () => outgoing.destroy());
}
