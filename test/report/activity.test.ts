import { describe, expect, it } from 'vitest';
import type { Activity } from '../../src/model/activity.ts';
import type { Investigation } from '../../src/model/judged-audit.ts';
import { renderActivityCsv } from '../../src/report/activity/activity-csv.ts';
import { renderActivityTerminal } from '../../src/report/activity/activity-terminal.ts';
import { expectGolden } from './expect-golden.ts';
import { sampleSource } from './sample-audit.ts';
import { incidentAudit } from './sample-stories.ts';

/** Users, a session and a network who were there, some who were not, and a network of which nothing was read. */
function sampleActivity(): Activity {
  const { window, coverage, investigations } = incidentAudit();
  const [user] = investigations.users;
  const [network] = investigations.networks;
  const [change] = investigations.credentialChanges;
  const [hole] = coverage.holes;
  if (!(user && network && change && hole)) throw new Error('the incident lacks a part');
  const visits = {
    ...network,
    countsByEventType: { 'system.api_token.create': 2, 'user.session.start': 1 },
    timeline: network.timeline.flatMap((row, index) => Array(index + 1).fill(row)),
  };
  const session = {
    ...user,
    subject: 'session:idxKx',
    countsByEventType: { 'user.session.start': 3 },
  };
  const nobody = (subject: string): Investigation => ({
    ...user,
    subject,
    firstSeenMs: null,
    lastSeenMs: null,
    countsByEventType: {},
    timeline: [],
  });
  const reason = '2022-03-02 04:00 to 09:00 UTC: the archive has no events in these hours';
  const asked = { status: 'evaluated', reason: null } as const;
  return {
    tenant: null,
    window,
    questions: [
      { subject: 'credential-changes', status: 'partly', reason },
      { ...asked, subject: user.subject },
      { ...asked, subject: session.subject },
      { ...asked, subject: 'session:idxNone' },
      { subject: 'ip:203.0.113.7', status: 'not-evaluated', reason },
      { subject: 'ip:203.0.113.0/24', status: 'not-evaluated', reason },
      { ...asked, subject: 'user:Nobody@acme.example' },
      { subject: 'user:shared@acme.example', status: 'partly', reason: null },
    ],
    coverage: {
      ...coverage,
      state: 'partial',
      holes: [hole, { ...hole, reason: 'the archive broke off' }],
      sources: [
        ...coverage.sources,
        sampleSource({ name: 'empty.csv', firstEventMs: null, lastEventMs: null }),
      ],
    },
    investigations: {
      ...investigations,
      credentialChanges: [
        change,
        { ...change, actor: null, target: null, address: '192.0.2.10', attribution: 'unknown' },
      ],
      users: [
        { ...user, ids: ['00ufinancedirector'] },
        nobody('user:Nobody@acme.example'),
        { ...user, subject: 'user:shared@acme.example', ids: ['00uone', '00utwo'] },
      ],
      sessions: [session, nobody('session:idxNone')],
      networks: [visits, nobody('ip:203.0.113.0/24')],
    },
  };
}

describe('what activity found', () => {
  it('reads on a terminal as reviewed', () => {
    const activity = sampleActivity();
    expectGolden(
      'test/report/golden/activity.txt',
      renderActivityTerminal({ activity, width: 100 }),
    );
  });

  it('is in a CSV as reviewed', () => {
    const csv = renderActivityCsv(sampleActivity()).replaceAll('\r\n', '\n');
    expectGolden('test/report/golden/activity.csv', csv);
  });

  it('names the org, and says of everybody that they are', () => {
    const { questions, investigations, ...rest } = sampleActivity();
    const everybody = { ...investigations, users: [], sessions: [], networks: [] };
    const activity = {
      ...rest,
      tenant: 'acme.okta.com',
      questions: questions.slice(0, 1),
      investigations: everybody,
    };
    const text = renderActivityTerminal({ activity });
    expect(text).toContain('Log       acme.okta.com\n');
    expect(text).toContain('\nCREDENTIAL CHANGES: 2 changes\n');
  });
});
