import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DAY_MS, HOUR_MS, startOfUtcDay } from '../src/model/time-window.ts';
import { type ActionResult, runAction } from '../test/e2e/run-action.ts';
import { firstNight, january2022Export, secondNight } from '../test/scenarios/acme-tenant.ts';
import { ACTIONS_SECRET, startGitHub } from '../test/simulators/github/start-github.ts';
import { createServiceApp } from '../test/simulators/okta/service-app.ts';
import { startOktaSimulator } from '../test/simulators/okta/start-okta-simulator.ts';
import { renderMarkdownForTerminal } from './render-markdown-for-terminal.ts';

/** Shows the main job without an account: two nights and one incident, through the built action, over HTTP. */
const root = join(import.meta.dirname, '..');
const workspace = join(root, 'demo-report');
const nightMs = startOfUtcDay(Date.now()) + 2 * HOUR_MS + 17 * 60_000;
let clockMs = nightMs;
let clockStartedMs = performance.now();
const NOISE_OF_A_WEEK = 40_000;
const NOISE_OF_THE_ARCHIVE = 20_000;
/** A line for each audit, for the end. */
const SEEN: string[] = [];

rmSync(workspace, { recursive: true, force: true });
mkdirSync(workspace, { recursive: true });

console.log(`
You will see what a security team sees: the GitHub issue that the audit keeps, after one night, after the next, and
after a question about January 2022. The action is the built one, as GitHub's runner starts it; the Okta tenant and the
GitHub it talks to are simulated on this machine.`);
say('Starting an Okta tenant with a week of ordinary events and a few that matter, and a GitHub');
const app = createServiceApp();
const github = await startGitHub();
const okta = await startOktaSimulator({
  events: firstNight({ nowMs: nightMs, noise: NOISE_OF_A_WEEK }),
  now: readClock,
  clientNow: readClock,
  clients: [app.client],
});

say('Night one: nothing is known yet, so an issue is opened');
await audit({}, nightMs);

say('Night two: something new, so the issue is updated and one comment is written');
const nextNightMs = nightMs + DAY_MS;
okta.addEvents(secondNight({ nowMs: nextNightMs }));
await audit({}, nextNightMs);

say(
  'An incident breaks: was this tenant touched in January 2022? Okta has forgotten, an archive has not',
);
writeFileSync(join(workspace, 'january-2022.ndjson.gz'), toArchive());
await audit({ incident: 'okta-2022-01-lapsus', archive: 'january-2022.ndjson.gz' }, nextNightMs);

say('What you have seen');
console.log(`${SEEN.join('\n')}

Open report.html of either directory in a browser for the timeline; README.md says how to set the audit up.`);

await okta.close();
await github.close();

/** Ticks from the begin of each night, as the clock of the run does. */
function readClock(): number {
  return clockMs + (performance.now() - clockStartedMs);
}

async function audit(inputs: Record<string, string>, atMs: number): Promise<void> {
  clockMs = atMs;
  clockStartedMs = performance.now();
  const before = okta.requestsTo('logs').length;
  const result = await runAction({
    workspace,
    githubApiUrl: github.url,
    now: new Date(atMs).toISOString(),
    inputs: {
      'okta-org-url': okta.url,
      'okta-client-id': app.client.clientId,
      'okta-private-key': app.privateKeyPem,
      'github-token': ACTIONS_SECRET,
      'report-directory': inputs['incident'] ?? 'nightly',
      ...inputs,
    },
  });
  await show(result, { requests: okta.requestsTo('logs').length - before });
}

async function show(result: ActionResult, { requests }: { requests: number }): Promise<void> {
  const { outputs } = result;
  if (outputs['issue-number'] === undefined || outputs['issue-number'] === '') {
    console.error(result.stdout, result.stderr);
    throw new Error('The action gave no issue');
  }
  const number = Number(outputs['issue-number']);
  const issue = await github.people().readIssue(number);
  const comments = await github.people().listComments(number);
  const asked = requests === 1 ? '1 request' : `${requests} requests`;
  const line = `Issue #${number} ${outputs['issue-action']} · verdict ${outputs['verdict']} · coverage ${outputs['coverage']} · ${asked} to Okta's log`;
  SEEN.push(`- ${line}\n  ${join(workspace, outputs['report-directory'] ?? '')}`);
  console.log(`${line}\n`);
  console.log(renderMarkdownForTerminal(`# ${issue.title}\n\n${issue.body}`));
  const comment = comments.at(-1);
  if (comment !== undefined) {
    console.log(`\nComment by ${comment.author}:\n`);
    console.log(renderMarkdownForTerminal(comment.body));
  }
  console.log(`\nReport files: ${join(workspace, outputs['report-directory'] ?? '')}`);
}

function toArchive(): Buffer {
  const lines = january2022Export({ noise: NOISE_OF_THE_ARCHIVE }).map((event) =>
    JSON.stringify(event),
  );
  return gzipSync(`${lines.join('\n')}\n`);
}

function say(text: string): void {
  console.log(`\n── ${text} ${'─'.repeat(Math.max(3, 96 - text.length))}\n`);
}
