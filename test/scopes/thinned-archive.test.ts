import { expect, test } from 'vitest';
import { createArchiveSource } from '../../src/sources/archive/archive-source.ts';
import { days, layFiles, makeNoise, SILENT, toLines } from '../archive/archive-workbench.ts';
import { askAudit } from './ask-audit.ts';

const RULE = `title: A session was refused
name: session-refused
logsource: {product: okta}
detection:
  selection: {eventType: user.session.start, outcome.result: [FAILURE, DENY]}
  condition: selection
`;

const COUNTED = `title: Sessions refused on one address
name: sessions-refused
correlation:
  type: event_count
  rules: [session-refused]
  group-by: [client.ipAddress]
  timespan: 1h
  condition: {gte: 5}
---
${RULE}`;

async function statusOf(name: string, rule: string, lost: readonly string[]) {
  const window = days('2022-01-03', '2022-01-17');
  const records = makeNoise({ ...window, untilMs: window.untilMs + 1 }).map((record) =>
    Object.fromEntries(Object.entries(record).filter(([part]) => !lost.includes(part))),
  );
  const judged = await askAudit({
    incident: null,
    source: createArchiveSource({
      patterns: ['a.ndjson'],
      workingDirectory: layFiles({ 'a.ndjson': toLines(records) }),
      progress: SILENT,
    }),
    rule,
    plan: { times: { lookbackDays: null, ...window } },
  });
  return judged.checks.find(({ id }) => id === name);
}

test('a rule over a part that an archive lost is not evaluated, whether or not it says so itself', async () => {
  expect(await statusOf('session-refused', RULE, [])).toMatchObject({ status: 'evaluated' });
  expect(await statusOf('session-refused', RULE, ['outcome'])).toMatchObject({
    status: 'not-evaluated',
    reasons: [expect.stringContaining('do not hold outcome.result')],
  });
});

test('nor is a correlation of such rules, or one by such a part', async () => {
  expect(await statusOf('sessions-refused', COUNTED, [])).toMatchObject({ status: 'evaluated' });
  for (const part of ['outcome', 'client']) {
    expect(await statusOf('sessions-refused', COUNTED, [part])).toMatchObject({
      status: 'not-evaluated',
    });
  }
});
