import { execFile } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import { promisify } from 'node:util';
import { afterEach, expect, it } from 'vitest';
import { type GitHubSimulator, startGitHub } from '../simulators/github/start-github.ts';

/** The toolkit reads the environment once, so each case needs a process of its own. */
const PROGRAM = `
import { createGitHubClient } from './src/publish/github-client.ts';
const purpose = { task: 'read', repository: 'acme/security', permission: 'metadata: read' };
const client = createGitHubClient({
  token: 'synthetic-actions-token',
  apiUrl: process.env.GITHUB_API_URL,
  sleep: async () => {},
  nowMs: Date.now,
});
const route = 'GET /repos/acme/security';
try {
  const { full_name: name } = await client.send({ route, parameters: {}, purpose });
  console.log(JSON.stringify({ name }));
} catch ({ code, message, hint }) {
  console.log(JSON.stringify({ code, message, hint }));
}`;

let opened: GitHubSimulator | null = null;
let proxy: Server | null = null;

afterEach(async () => {
  await opened?.close();
  proxy?.close();
  opened = null;
  proxy = null;
});

async function ask(env: Readonly<Record<string, string>>): Promise<Record<string, string>> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '--eval', PROGRAM],
    { env },
  );
  return JSON.parse(stdout);
}

it.each([
  ['a proxy of another kind', { HTTPS_PROXY: 'socks5://user:hunter2-secret@proxy.example:1080' }],
  ['an API without its scheme', { GITHUB_API_URL: 'ghe.example/api/v3' }],
])('%s is named, and is no bug', async (_, env) => {
  const error = await ask({ GITHUB_API_URL: 'https://ghe.example/api/v3', ...env });
  expect(error).toMatchObject({ code: 'github-unreachable' });
  expect(error['hint']).toContain(Object.keys(env)[0]);
  expect(JSON.stringify(error)).not.toContain('secret');
});

it('an API with a slash at its end is the same API', async () => {
  opened = await startGitHub();
  expect(await ask({ GITHUB_API_URL: `${opened.url}/` })).toEqual({ name: 'acme/security' });
});

it('a proxy that refuses is quoted', async () => {
  proxy = createServer().on('connect', (_, socket) => {
    socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
  });
  await new Promise<void>((resolve) => proxy?.listen(0, '127.0.0.1', resolve));
  const address = proxy.address();
  const port = typeof address === 'object' ? address?.port : null;
  const error = await ask({
    GITHUB_API_URL: 'https://ghe.example/api/v3',
    HTTPS_PROXY: `http://user:hunter2-secret@127.0.0.1:${port}`,
  });
  expect(error).toMatchObject({ code: 'github-unreachable' });
  expect(error['message']).toContain('407');
  expect(JSON.stringify(error)).not.toContain('secret');
});
