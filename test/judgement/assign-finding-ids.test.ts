import { describe, expect, test } from 'vitest';
import { assignFindingIds } from '../../src/judgement/findings/assign-finding-ids.ts';
import { type FindingKey, formatKey } from '../../src/judgement/findings/finding-key.ts';
import { TICKABLE_ID } from '../../src/model/finding-id.ts';
import { EMPTY_MEMORY, type IssueMemory } from '../../src/model/issue-memory.ts';

function key(check: string, group: string, day = '2026-11-20'): FindingKey {
  return { check, group: [group], day };
}

function remember(...rows: readonly (readonly [id: string, check: string])[]): IssueMemory {
  return {
    ...EMPTY_MEMORY,
    findings: rows.map(([id, check]) => ({
      id,
      check,
      title: '',
      summary: '',
      severity: 'low',
      role: 'review',
      status: 'open',
      firstSeenMs: 0,
      lastSeenMs: 0,
      eventCount: 1,
      acknowledgedCount: null,
    })),
  };
}

describe('an id', () => {
  const [id] = assignFindingIds({
    keys: [key('password-reset', 'dana')],
    memory: EMPTY_MEMORY,
  }).values();

  test('is F and eight characters that nobody mistakes for each other', () => {
    expect(id).toMatch(/^F-[0-9A-HJKMNP-TV-Z]{8}$/);
    expect(id).toMatch(TICKABLE_ID);
  });

  test('is this one for this key, in every version of this program', () => {
    expect(id).toBe('F-39KWY6Q7');
  });

  test.each([
    ['check', key('password-set', 'dana')],
    ['group', key('password-reset', 'lee')],
    ['day', key('password-reset', 'dana', '2026-11-21')],
    [
      'border between the parts of the group',
      { ...key('password-reset', ''), group: ['da', 'na'] },
    ],
  ])('is another one for another %s', (_title, other) => {
    expect([...assignFindingIds({ keys: [other], memory: EMPTY_MEMORY }).values()]).not.toEqual([
      id,
    ]);
  });
});

describe('where two keys would share the short id', () => {
  const early = key('password-reset', 'dana', '2026-11-19');
  const late = key('api-token', 'lee', '2026-11-20');
  const digest = ([check = '']: readonly string[]) =>
    `${'7'.repeat(8)}${check === 'api-token' ? 'A' : 'P'}`.padEnd(52, '0');
  const earlyId = 'F-77777777';
  const lateId = 'F-77777777A000';

  test.each([
    ['in this order', [early, late]],
    ['and in the other', [late, early]],
  ])('the earlier day keeps it, %s', (_title, keys) => {
    const ids = assignFindingIds({ keys, memory: EMPTY_MEMORY, digest });
    expect(ids.get(formatKey(early))).toBe(earlyId);
    expect(ids.get(formatKey(late))).toBe(lateId);
  });

  test('the longer id stays when the other one has left the window', () => {
    const memory = remember([earlyId, 'password-reset'], [lateId, 'api-token']);
    const ids = assignFindingIds({ keys: [late], memory, digest });
    expect(ids.get(formatKey(late))).toBe(lateId);
  });

  test('the longer id stays also when the memory has forgotten the other one', () => {
    const ids = assignFindingIds({ keys: [late], memory: remember([lateId, 'api-token']), digest });
    expect(ids.get(formatKey(late))).toBe(lateId);
  });

  test('an id that the memory knows of another check is not given away', () => {
    const memory = remember([earlyId, 'password-reset']);
    expect(assignFindingIds({ keys: [late], memory, digest }).get(formatKey(late))).toBe(lateId);
  });

  test('keys that share everything still get an id each while there are characters', () => {
    const keys = [early, late, key('third', 'x', '2026-11-21'), key('fourth', 'x', '2026-11-22')];
    const ids = assignFindingIds({ keys, memory: EMPTY_MEMORY, digest: () => '7'.repeat(52) });
    expect([...new Set(ids.values())].map((id) => id.length - 2).toSorted((a, b) => a - b)).toEqual(
      [8, 12, 16, 52],
    );
  });
});

test('the same key twice is one id', () => {
  const keys = [key('a', 'g'), key('a', 'g')];
  expect(assignFindingIds({ keys, memory: EMPTY_MEMORY }).size).toBe(1);
});
