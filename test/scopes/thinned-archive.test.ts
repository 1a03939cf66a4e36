import { expect, test } from 'vitest';
import { isRecord, type RawEvent } from '../../src/model/log-event.ts';
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
  return checkOf(name, rule, (record) => leaveOut(record, lost));
}

function leaveOut(record: RawEvent, lost: readonly string[]): RawEvent {
  return Object.fromEntries(
    Object.entries(record)
      .filter(([part]) => !lost.includes(part))
      .map(([part, value]) => {
        const inner = lost.flatMap((path) =>
          path.startsWith(`${part}.`) ? path.slice(part.length + 1) : [],
        );
        return [part, isRecord(value) ? leaveOut(value, inner) : value];
      }),
  );
}

async function checkOf(name: string, rule: string, thin: (record: RawEvent) => RawEvent) {
  const window = days('2022-01-03', '2022-01-17');
  const records = makeNoise({ ...window, untilMs: window.untilMs + 1 }).map(thin);
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

test('what an archive does not say why failed is guessed by no rule that goes by the reason', async () => {
  const guess = (reason: string | null) => (record: RawEvent) => {
    const isGuess = record['eventType'] === 'user.session.start';
    return isGuess ? { ...record, outcome: { result: 'FAILURE', reason } } : record;
  };
  for (const check of ['password-guessing', 'password-spray', 'password-push-configured']) {
    expect(await checkOf(check, RULE, guess('INVALID_CREDENTIALS'))).toMatchObject({
      status: 'evaluated',
    });
    expect(await checkOf(check, RULE, guess(null))).toMatchObject({
      status: 'not-evaluated',
      reasons: expect.arrayContaining([expect.stringContaining('do not hold outcome.reason')]),
    });
  }
  expect(await checkOf('api-token-created', RULE, guess(null))).toMatchObject({
    status: 'evaluated',
  });
});

test.each([
  ['takeover-chain', 'outcome.result'],
  ['factor-not-enrolled-again', 'outcome.result'],
  ['session-moved', 'client.ipAddress'],
  ['session-moved', 'actor.type'],
  ['log-tampering', 'actor.type'],
  ['own-change-by-support', 'actor'],
])('%s is not evaluated on an archive that lost %s', async (check, lost) => {
  expect(await statusOf(check, RULE, [])).not.toMatchObject({ status: 'not-evaluated' });
  expect(await statusOf(check, RULE, [lost])).toMatchObject({
    status: 'not-evaluated',
    reasons: expect.arrayContaining([expect.stringContaining(`do not hold ${lost}`)]),
  });
});

test.each([
  ['push-denied', 'debugContext'],
  ['push-fatigue', 'debugContext'],
  ['push-fatigue-approved', 'debugContext'],
  ['many-apps-refused', 'outcome'],
  ['impossible-travel-reported', 'debugContext'],
  ['session-started-through-anonymizer', 'debugContext'],
  ['org2org-app-changed', 'target'],
])('nor is %s, of which one kind is told by %s', async (check, lost) => {
  expect(await statusOf(check, RULE, [])).not.toMatchObject({ status: 'not-evaluated' });
  expect(await statusOf(check, RULE, [lost])).toMatchObject({ status: 'not-evaluated' });
});

test.each(['outcome', 'outcome.result'])(
  'a single record that lost %s is a hole for what needs it, at its time and of its type',
  async (lost) => {
    const thin = (record: RawEvent): RawEvent =>
      record['published'] === '2022-01-09T00:00:00.000Z' ? leaveOut(record, [lost]) : record;
    expect(await checkOf('session-refused', RULE, thin)).toMatchObject({
      status: 'partly',
      reasons: [expect.stringMatching(/^2022-01-09 00:00:00 UTC: .*do not hold outcome/)],
    });
    expect(await checkOf('password-reset', RULE, thin)).toMatchObject({ status: 'evaluated' });
  },
);

test('what an export drops where it is empty is no hole', async () => {
  const thin = (record: RawEvent): RawEvent =>
    record['published'] === '2022-01-09T00:00:00.000Z'
      ? { ...leaveOut(record, ['client', 'target']), transaction: { id: 'Yd0', type: 'JOB' } }
      : record;
  const rule = RULE.replace('outcome.result: [FAILURE, DENY]', "client.ipAddress: '192.0.2.9'");
  expect(await checkOf('session-refused', rule, thin)).toMatchObject({ status: 'evaluated' });
});

test.each([{ outcome: null }, { outcome: { result: null } }, { client: { ipAddress: null } }])(
  'nor is %j, which Okta itself writes now and then',
  async (empty) => {
    const thin = (record: RawEvent): RawEvent =>
      record['published'] === '2022-01-09T00:00:00.000Z' ? { ...record, ...empty } : record;
    const rule = RULE.replace('outcome', "client.ipAddress: '192.0.2.9', outcome");
    expect(await checkOf('session-refused', rule, thin)).toMatchObject({ status: 'evaluated' });
  },
);

test('a rule that looks for capitals is not evaluated on an archive whose store lowered the texts', async () => {
  const client = { device: 'Computer', userAgent: { os: 'Linux', browser: 'CHROME' } };
  const refine = (record: RawEvent) => ({
    ...record,
    client: { ...(record['client'] as object), ...client },
  });
  const lower = (record: RawEvent): RawEvent =>
    JSON.parse(JSON.stringify(refine(record)), (_name, value) =>
      typeof value === 'string' ? value.toLowerCase() : value,
    );
  const check = 'password-typed-as-username';
  expect(await checkOf(check, RULE, refine)).toMatchObject({ status: 'evaluated' });
  expect(await checkOf(check, RULE, lower)).toMatchObject({
    status: 'not-evaluated',
    reasons: [expect.stringContaining('do not hold capital letters')],
  });
  expect(await checkOf('session-refused', RULE, lower)).toMatchObject({ status: 'evaluated' });
});

test.each(['null', '-', '端末'])('but one whose texts are %j has lowered none', async (text) => {
  const fill = (record: RawEvent): RawEvent => ({
    ...leaveOut(record, ['displayMessage']),
    client: {
      ...(record['client'] as object),
      device: text,
      userAgent: { rawUserAgent: 'curl/8', os: text, browser: text },
      geographicalContext: null,
    },
  });
  const check = 'password-typed-as-username';
  expect(await checkOf(check, RULE, fill)).toMatchObject({ status: 'evaluated' });
});
