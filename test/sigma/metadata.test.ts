import { describe, expect, test } from 'vitest';
import {
  compileFiles,
  compileOne,
  messagesOf,
  ruleAround,
  runCheck,
  toEvent,
} from './compile-yaml.ts';

const DETECTION =
  'logsource: {product: okta}\ndetection: {sel: {eventType: type.a}, condition: sel}\n';

test('a rule that says nothing else gets defaults', () => {
  expect(compileOne(`title: Bare\n${DETECTION}`)).toMatchObject({
    id: 'Bare',
    kind: 'rule',
    title: 'Bare',
    description: 'Bare',
    severity: 'medium',
    confidence: 'medium',
    techniques: [],
    references: [],
    falsePositives: [],
    nextSteps: [],
    ask: 'actor',
    needs: { lookBackMs: 0, lookAheadMs: 0, fields: [] },
  });
});

test('a rule gives all that a check says of itself', () => {
  const text = `title: Full
id: 929a690e-bef0-4204-a928-ef5e620d6fcc
name: full-rule
status: stable
description: |
  What it sees.
license: Apache-2.0
author: Ada
date: 2026-01-01
modified: 2026-02-01
related: [{id: x, type: derived}]
scope: [server]
custom: {anything: goes}
references: https://example.com/a
falsepositives: [A move, A merger]
level: high
fields: [client.ipAddress]
tags: [attack.t1098.003, attack.T1556, attack.persistence, cve.2021-44228, attack.t109]
${DETECTION}audit:
  group-by: [actor.id]
  confidence: high
  needs: [securityContext.asNumber]
  next-steps: [Ask them.]
  ask: administrators
`;
  expect(compileOne(text)).toMatchObject({
    id: 'full-rule',
    description: 'What it sees.',
    severity: 'high',
    confidence: 'high',
    techniques: ['T1098.003', 'T1556'],
    references: ['https://example.com/a'],
    falsePositives: ['A move', 'A merger'],
    nextSteps: ['Ask them.'],
    ask: 'administrators',
    needs: { fields: ['securityContext.asNumber'] },
  });
});

test("a check's id is the rule's name, else its id, else its title", () => {
  const idOf = (head: string) => compileOne(`title: T\n${head}${DETECTION}`).id;
  expect(idOf('name: n\nid: i\n')).toBe('n');
  expect(idOf('id: i\n')).toBe('i');
  expect(idOf('')).toBe('T');
});

describe('metadata that cannot be meant is an error with its line', () => {
  test.each([
    ['level: severe', 2, 'level: write one of informational, low, medium, high, critical'],
    ['tags: 5', 2, 'tags: write a text or a list of texts'],
    ['falsepositives: {a: b}', 2, 'falsepositives'],
    ['status: final', 2, 'status'],
    ['taxonomy: windows', 2, 'names fields that are not known here'],
    ['audit: {owner: me}', 2, 'Unrecognized key: "owner"'],
    ['audit: {confidence: sure}', 2, 'audit.confidence'],
    ['audit: {group-by: []}', 2, 'audit.group-by: must not be empty'],
    ['audit: {needs: actor.id}', 2, 'audit.needs: write a list, as [one, two]'],
    ['audit:\n  ask: nobody', 3, 'audit.ask'],
  ])('%s', (line, expected, message) => {
    const compiled = compileFiles(`title: T\n${line}\n${DETECTION}`);
    const errors = messagesOf(compiled, 'error');
    expect(errors.join()).toContain(message);
    expect(errors[0]?.startsWith(`${expected}: `), errors[0]).toBe(true);
    expect(compiled.unavailable).toMatchObject([
      { id: 'T', status: 'failed', reason: expect.stringContaining(`rule.yml:${expected}: `) },
    ]);
  });

  test('together with what is wrong in the detection', () => {
    const rule = `title: T\nlevel: severe\n${DETECTION.replace('condition: ', 'condition: not-there and ')}`;
    const errors = messagesOf(compileFiles(rule), 'error');
    expect(errors.map((error) => error.slice(0, 2))).toEqual(['2:', expect.any(String)]);
    expect(errors[1]).toContain('not-there');
  });

  test('and a missing title', () => {
    expect(messagesOf(compileFiles(DETECTION), 'error').join()).toContain(
      'title: is missing; write a text',
    );
  });
});

test.each(['deprecated', 'unsupported'])(
  'a rule marked as %s is warned about and runs',
  (status) => {
    const compiled = compileFiles(`title: T\nstatus: ${status}\n${DETECTION}`);
    expect(messagesOf(compiled, 'warning')).toEqual([`2: Its author marks the rule as ${status}.`]);
    expect(compiled.checks).toHaveLength(1);
  },
);

describe('the logsource must be Okta', () => {
  const compileWith = (logsource: string) =>
    compileFiles(
      `title: T\nlogsource: ${logsource}\ndetection: {sel: {eventType: type.a}, condition: sel}\n`,
    );

  test.each([
    '{product: okta}',
    '{product: okta, service: okta}',
    '{product: okta, service: system}',
    '{product: Okta, definition: x}',
  ])('%s', (logsource) => {
    expect(compileWith(logsource).checks).toHaveLength(1);
  });

  test.each([
    [
      '{product: windows, service: security}',
      'It is not an Okta rule (product: windows, service: security).',
    ],
    ['{category: process_creation}', 'It is not an Okta rule (category: process_creation).'],
  ])('%s is about another product', (logsource, message) => {
    const compiled = compileWith(logsource);
    expect(messagesOf(compiled, 'note')).toEqual([`2: ${message}`]);
    expect(compiled.unavailable).toMatchObject([
      { id: 'T', status: 'not-evaluated', reason: message },
    ]);
    expect(compiled.sources.get('T')).toMatchObject({ isForeign: true });
  });

  const NONE =
    'It names no logsource, so that nobody knows whether it is about Okta; write logsource: {product: okta}.';

  test.each([
    [
      '{product: okta, service: Workflows}',
      "Okta's log is not called workflows; write service: okta, or leave the service out.",
    ],
    ['{}', NONE],
    ['{product: [okta]}', NONE],
    ['okta', NONE],
    ['', NONE],
  ])('%s may be about Okta, and is an error', (logsource, message) => {
    const compiled = compileWith(logsource);
    expect(messagesOf(compiled, 'error')).toEqual([`2: ${message}`]);
    expect(compiled.unavailable).toMatchObject([
      { id: 'T', status: 'failed', reason: `rule.yml:2: ${message}` },
    ]);
    expect(compiled.sources.get('T')).toMatchObject({ isForeign: false });
  });
});

describe('a match', () => {
  const matchOf = (text: string, raw: Record<string, unknown>) =>
    runCheck(compileOne(text), [raw])[0];

  test('is its one event', () => {
    const raw = { eventType: 'type.a', uuid: 'u1' };
    const match = matchOf(`title: T\n${DETECTION}`, raw);
    expect(match).toEqual({
      events: [toEvent(raw)],
      anchor: toEvent(raw),
      group: null,
      facts: {},
      circumstances: [],
      attribution: null,
    });
  });

  test('groups by the fields of audit.group-by: each value once, sorted, ignoring case', () => {
    const text = `title: T\n${DETECTION}audit: {group-by: [actor.id, target.User.id, target.App.id]}\n`;
    const target = [
      { type: 'User', id: 'B' },
      { type: 'User', id: 'a' },
      { type: 'User', id: 'b' },
      { type: 'Other', id: 'c' },
    ];
    expect(matchOf(text, { eventType: 'type.a', actor: { id: '00uX' }, target })?.group).toEqual([
      '00ux',
      'a\nb',
      '',
    ]);
    expect(matchOf(text, { eventType: 'type.a', target: target.toReversed() })?.group).toEqual([
      '',
      'a\nb',
      '',
    ]);
  });

  test('gives the values that met it as facts, and those of its fields list, but no actor', () => {
    const text = `${ruleAround(
      `sel:
  eventType: type.a
  target.displayName|contains: admin
  actor.alternateId|contains: ada
  outcome.result: [SUCCESS, ALLOW]
filter: {client.zone: office}
condition: sel and not filter`,
    )}fields: [client.ipAddress, actor.displayName, debugContext.debugData.missing]\n`;
    const match = matchOf(text, {
      eventType: 'type.a',
      actor: { alternateId: 'ada@corp.example', displayName: 'Ada' },
      target: [
        { displayName: 'Admin Console' },
        { displayName: 'Other' },
        { displayName: 'admin console' },
        { displayName: 'Admins' },
      ],
      outcome: { result: 'ALLOW' },
      client: { ipAddress: '192.0.2.1', zone: 'home' },
    });
    expect(match?.facts).toEqual({
      'target.displayName': ['Admin Console', 'Admins'],
      'outcome.result': 'ALLOW',
      'client.ipAddress': '192.0.2.1',
    });
  });

  test('shows nothing of what only stands under "not"', () => {
    const detection = `sel: {eventType: type.a}
office: {client.zone: office}
desk: {client.device: Computer}
condition: sel and not (office and desk)`;
    const event = { eventType: 'type.a', client: { zone: 'office', device: 'Mobile' } };
    expect(matchOf(ruleAround(detection), event)?.facts).toEqual({});
  });

  test('shows at most ten values of a field', () => {
    const target = Array.from({ length: 30 }, (_, index) => ({ id: `t${index}` }));
    const match = matchOf(ruleAround('sel: {target.id|startswith: t}\ncondition: sel'), { target });
    expect(match?.facts['target.id']).toHaveLength(10);
  });
});
