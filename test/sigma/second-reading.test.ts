import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Check } from '../../src/model/check.ts';
import type { ReadRequest } from '../../src/model/reading.ts';
import { createArchiveSource } from '../../src/sources/archive/archive-source.ts';
import { compileFiles, offer, START_MS, toEvent } from './compile-yaml.ts';

const BASE =
  '---\ntitle: Base\nname: base\nlogsource: {product: okta}\ndetection:\n  sel: {eventType: user.session.start}\n  condition: sel\n';

/** Two events of one group within a minute. */
function twiceIn(groupBy: string | null): Check {
  const grouping = groupBy === null ? '' : `  group-by: ${groupBy}\n`;
  const section = `title: Twice\nname: twice\ncorrelation:\n  type: event_count\n  rules: [base]\n${grouping}  timespan: 1m\n  condition: {gte: 2}\n`;
  return compileNamed('twice', section + BASE);
}

function compileNamed(name: string, text: string): Check {
  const check = compileFiles(text).checks.find(({ id }) => id === name);
  if (check === undefined) throw new Error('It does not compile.');
  return check;
}

function readOnce(check: Check, addresses: readonly unknown[]) {
  const run = check.begin({ readsAgain: true });
  const events = addresses.map((ipAddress, index) => toEvent({ client: { ipAddress } }, index));
  for (const event of events) run.accept(event);
  return { run, events, followUps: run.follow?.() };
}

describe('a correlation that may read again', () => {
  test('asks for the groups of its hits, from the first to the last event of them', () => {
    const { followUps } = readOnce(twiceIn('[client.ipAddress]'), [
      '192.0.2.1',
      '192.0.2.2',
      '192.0.2.3',
      '192.0.2.2',
    ]);
    expect(followUps).toEqual([
      {
        field: 'client.ipAddress',
        values: ['192.0.2.2'],
        window: { sinceMs: START_MS + 1000, untilMs: START_MS + 3001 },
        eventTypes: {
          kind: 'some',
          terms: [{ match: 'exact', eventType: 'user.session.start', narrowings: [] }],
        },
      },
    ]);
  });

  test('asks for nothing where there is no hit', () => {
    const { followUps } = readOnce(twiceIn('[client.ipAddress]'), ['192.0.2.1', '192.0.2.2']);
    expect(followUps).toEqual([]);
  });

  test('asks for every spelling of a group', () => {
    const { followUps } = readOnce(twiceIn('[client.ipAddress]'), ['2001:DB8::1', '2001:db8::1']);
    expect(followUps?.flatMap(({ values }) => values).toSorted()).toEqual([
      '2001:DB8::1',
      '2001:db8::1',
    ]);
  });

  test('shows the records of the second reading, and is not misled by others in it', () => {
    const { run, events } = readOnce(twiceIn('[client.ipAddress]'), ['192.0.2.1', '192.0.2.1']);
    const again = events.map((event) => structuredClone(event));
    const other = toEvent({ client: { ipAddress: '192.0.2.1' }, uuid: 'later' }, 2);
    for (const event of [other, ...again]) run.accept(event);
    expect(run.finish().flatMap((match) => match.events)).toEqual(again);
  });

  test('fails aloud where a record does not come again', () => {
    const { run, events } = readOnce(twiceIn('[client.ipAddress]'), ['192.0.2.1', '192.0.2.1']);
    const [first] = events;
    if (first !== undefined) run.accept(first);
    expect(() => run.finish()).toThrow('did not come again: 1');
  });

  test.each([
    ['a field that no source looks for', '[client.device]', { client: { device: 'Computer' } }],
    ['a list', '[target.User.id]', { target: [{ type: 'User', id: '00u1' }] }],
    ['a number', '[actor.id]', { actor: { id: 7 } }],
    ['an empty text', '[actor.id]', { actor: { id: '' } }],
    ['no group at all', null, {}],
  ])('keeps what it cannot ask for: %s', (_, groupBy, record) => {
    const check = twiceIn(groupBy);
    const run = check.begin({ readsAgain: true });
    const events = [toEvent(record, 0), toEvent(record, 1)];
    for (const event of events) run.accept(event);
    expect(run.follow?.()).toEqual([]);
    expect(run.finish().flatMap((match) => match.events)).toEqual(events);
  });

  test('asks by one of several fields', () => {
    const check = twiceIn('[client.device, actor.id]');
    const record = { actor: { id: '00u1' }, client: { device: 'Computer' } };
    const run = check.begin({ readsAgain: true });
    for (const index of [0, 1]) run.accept(toEvent(record, index));
    expect(run.follow?.()).toMatchObject([{ field: 'actor.id', values: ['00u1'] }]);
    expect(offer(check, [toEvent(record, 0), toEvent(record, 1)])).toHaveLength(1);
  });

  test.each([
    ['as Okta wrote them', (uuid: string) => uuid],
    ['with uuids that were blanked out', () => 'REDACTED'],
  ])('finds in the files of an archive what it finds in memory: %s', async (_, name) => {
    const check = twiceIn('[client.ipAddress]');
    const events = Array.from({ length: 3_000 }, (_, index) =>
      toEvent({ client: { ipAddress: `192.0.2.${index % 250}` }, uuid: name(`u${index}`) }, index),
    );
    const pair = [4_000, 4_030].map((second) =>
      toEvent({ client: { ipAddress: '198.51.100.7' }, uuid: name(`pair${second}`) }, second),
    );
    const directory = mkdtempSync(join(tmpdir(), 'second-reading-'));
    const records = [...events, ...pair].map(({ raw }) => JSON.stringify(raw));
    writeFileSync(join(directory, 'log.ndjson'), `${records.join('\n')}\n`);
    const source = createArchiveSource({
      patterns: ['log.ndjson'],
      workingDirectory: directory,
      progress: { start: () => undefined, advance: () => undefined, finish: () => undefined },
    });
    const window = { sinceMs: START_MS, untilMs: START_MS + 86_400_000 };
    const run = check.begin({ readsAgain: true });
    const read = (part: Pick<ReadRequest, 'needs' | 'followUps'>) =>
      source.read({ window, pull: 'targeted', ...part }, (batch) => {
        for (const event of batch) run.accept(event);
      });
    await read({ needs: [{ eventTypes: check.needs.eventTypes, window }], followUps: [] });
    const { counts } = await read({ needs: [], followUps: run.follow?.() ?? [] });
    expect(counts.eventsParsed).toBeLessThan(10);
    const found = run.finish().flatMap((match) => match.events);
    expect(found.map(({ raw }) => raw)).toEqual(pair.map(({ raw }) => raw));
  });

  test('asks by the field with the fewest other records, whichever correlation noted the event first', () => {
    const more = (name: string, field: string): string =>
      `---\ntitle: By ${name}\nname: by-${name}\ncorrelation:\n  type: event_count\n  rules: [base]\n  group-by: [${field}]\n  timespan: 1m\n  condition: {gte: 2}\n`;
    const session = 'authenticationContext.externalSessionId';
    for (const parts of [
      [more('actor', 'actor.id'), more('session', session)],
      [more('session', session), more('actor', 'actor.id')],
    ]) {
      const runs = compileFiles(parts.join('') + BASE).checks.map((check) =>
        check.begin({ readsAgain: true }),
      );
      for (const index of [0, 1]) {
        const record = {
          actor: { id: '00u1' },
          authenticationContext: { externalSessionId: 's1' },
        };
        const event = toEvent(record, index);
        for (const run of runs) run.accept(event);
      }
      const asked = runs.flatMap((run) => run.follow?.() ?? []).map(({ field }) => field);
      expect(asked).toEqual([session, session]);
    }
  });

  const SHARED = `---
title: Shared address
name: shared
correlation:
  type: value_count
  rules: [base]
  group-by: [client.ipAddress]
  timespan: 1m
  condition: {field: actor.id, gte: 2}
`;
  const signIns = ['00u1', '00u2', '00u3'].map((id, index) =>
    toEvent({ actor: { id }, client: { ipAddress: '192.0.2.1' } }, index),
  );

  test.each(['base, shared', 'shared, base'])(
    'keeps what an inner correlation sorts into other groups, also where a rule beside it lets it go: %s',
    (rules) => {
      const outer = `title: Outer\nname: outer\ncorrelation:\n  type: temporal\n  rules: [${rules}]\n  group-by: [actor.id]\n  timespan: 1m\n`;
      const check = compileNamed('outer', outer + SHARED + BASE);
      expect(offer(check, signIns).flatMap(({ group }) => group)).toEqual(['00u1', '00u2', '00u3']);
    },
  );

  test('keeps what an inner correlation sorts into other groups, also where another check lets it go', () => {
    const counting = (name: string, rule: string, condition: string): string =>
      `title: ${name}\nname: ${name}\ncorrelation:\n  type: event_count\n  rules: [${rule}]\n  group-by: [actor.id]\n  timespan: 1m\n  condition: {${condition}}\n---\n`;
    const files = counting('first', 'base', 'gte: 2') + counting('outer', 'shared', 'gte: 1');
    const { checks } = compileFiles(files + SHARED.slice('---\n'.length) + BASE);
    const runs = checks.map((check) => ({ id: check.id, run: check.begin({ readsAgain: true }) }));
    for (const event of signIns) for (const { run } of runs) run.accept(event);
    const found = runs.map(({ id, run }) => [id, run.finish().flatMap(({ group }) => group)]);
    expect(found).toEqual([
      ['first', []],
      ['outer', ['00u1', '00u2', '00u3']],
    ]);
  });

  test('never asks where a second reading would cost requests', () => {
    expect(twiceIn('[actor.id]').begin().follow).toBeUndefined();
  });
});
