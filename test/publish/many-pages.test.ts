import { createServer, type Server } from 'node:http';
import { afterEach, expect, it } from 'vitest';
import { openTestClient } from './open-test-board.ts';

const PAGES = 4;
const PURPOSE = { task: 'list', repository: 'acme/security', permission: 'issues: write' } as const;

let server: Server | null = null;

afterEach(() => server?.close());

/** A list whose later pages GitHub gives by their cursor alone: https://github.com/google/go-github/issues/3565 */
async function startList(): Promise<string> {
  server = createServer(({ url }, answer) => {
    const asked = new URL(url ?? '', 'http://github.example').searchParams;
    const [page, after] = [Number(asked.get('page') ?? 1), asked.get('after')];
    if (asked.get('creator') !== 'octocat' || (page > 2 && after !== `cursor-${page}`)) {
      answer.writeHead(422, { 'content-type': 'application/json' });
      answer.end(JSON.stringify({ message: 'please use cursor based pagination' }));
      return;
    }
    const next = `https://elsewhere.example/repositories/1/issues?creator=octocat&per_page=100&page=${page + 1}&after=cursor-${page + 1}`;
    const first = 'https://elsewhere.example/repositories/1/issues?creator=octocat&page=1';
    const links = [`<${first}>; rel="first"`, ...(page < PAGES ? [`<${next}>; rel="next"`] : [])];
    answer.writeHead(200, { 'content-type': 'application/json', link: links.join(', ') });
    answer.end(JSON.stringify([page]));
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
}

it('goes on by the cursor that GitHub gives, and asks nobody else', async () => {
  const { client } = openTestClient({ url: await startList() });
  const rows = await client.list({
    route: 'GET /repos/{owner}/{repo}/issues',
    parameters: { owner: 'acme', repo: 'security', creator: 'octocat' },
    purpose: PURPOSE,
  });
  expect(rows).toEqual([1, 2, 3, 4]);
});
