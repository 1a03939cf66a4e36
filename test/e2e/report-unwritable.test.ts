import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { apiTokenCreation, generateNoise, person } from '../simulators/okta/build-event.ts';
import { startWorld } from './simulated-world.ts';

const MONDAY = '2026-11-23T02:17:00Z';

test('an issue is kept although the report files cannot be written, and the step fails', async () => {
  const world = await startWorld({
    events: [
      ...generateNoise({ seed: 5, from: '2026-11-10', to: MONDAY, count: 50 }),
      apiTokenCreation({
        actor: person('dana.reyes@acme.example'),
        at: '2026-11-22T10:00:00Z',
        token: 'ci-bootstrap',
      }),
    ],
  });
  writeFileSync(join(world.workspace, 'okta-audit-report'), 'not a directory');
  const result = await world.audit(MONDAY);
  expect(result.exitCode).toBe(1);
  expect(result.stdout).toContain('[report-unwritable]');
  expect(result.outputs).toMatchObject({
    verdict: 'needs-review',
    'issue-number': '1',
    'issue-action': 'created',
    'report-json': '',
  });
  const issue = await world.github.people().readIssue(1);
  expect(issue.body).toContain('API token created');
  await world.close();
});
