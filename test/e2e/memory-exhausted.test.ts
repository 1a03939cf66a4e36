import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ACTIONS_SECRET, startGitHub } from '../simulators/github/start-github.ts';
import { generateNoise } from '../simulators/okta/build-event.ts';
import { makeDirectory, runAction } from './run-action.ts';

const SUNDAY = '2026-11-22T02:17:00Z';
const MONDAY = '2026-11-23T02:17:00Z';
/** Keeps every event whole that it is shown. */
const GREEDY_RULE = `title: Everything
logsource: { product: okta, service: okta }
detection:
  selection: { eventType|contains: . }
  condition: selection
level: low
`;

function saveArchive(
  workspace: string,
  events: { readonly count: number; readonly bytes: number },
) {
  const longText = 'x'.repeat(events.bytes);
  const lines = generateNoise({ seed: 5, from: '2026-11-15', to: MONDAY, count: events.count })
    .map((event, index) => JSON.stringify({ ...event, displayMessage: `${index} ${longText}` }))
    .join('\n');
  writeFileSync(join(workspace, 'logs.ndjson'), `${lines}\n`);
}

test('a night whose events do not fit into memory says so in its log and in the issue', async () => {
  const github = await startGitHub({ repositories: { 'acme/security': 'private' } });
  const workspace = makeDirectory();
  writeFileSync(join(workspace, 'greedy.yml'), GREEDY_RULE);
  const audit = (now: string, rules: string) =>
    runAction({
      workspace,
      now,
      githubApiUrl: github.url,
      env: { NODE_OPTIONS: '--max-old-space-size=64 --max-semi-space-size=1' },
      inputs: { archive: 'logs.ndjson', rules, 'github-token': ACTIONS_SECRET },
    });
  saveArchive(workspace, { count: 40, bytes: 10 });
  expect(await audit(SUNDAY, 'greedy.yml')).toMatchObject({
    exitCode: 0,
    outputs: { 'issue-number': '1' },
  });

  saveArchive(workspace, { count: 5_000, bytes: 5_000 });
  expect(await audit(SUNDAY, '')).toMatchObject({ exitCode: 0 });
  const { exitCode, stdout } = await audit(MONDAY, 'greedy.yml');
  expect(exitCode, stdout).toBe(1);
  expect(stdout).toContain('[memory-exhausted]');
  expect(stdout).toMatch(/The [67]\d MB that .* full after [1-9][\d,]* events/);
  const { body } = await github.people().readIssue(1);
  expect(body).toMatch(/\*\*Last attempt failed:\*\* .* MB that Node may use do not suffice/);
  await github.close();
});
