import { expect, test } from 'vitest';
import { markUnreadAccess } from '../../src/judgement/coverage/mark-unread-access.ts';
import type { SupportInterval } from '../../src/model/support-access.ts';
import type { TimeWindow } from '../../src/model/time-window.ts';
import { at, NOW_MS, span } from './judgement-case.ts';

const EARLIER = span('2026-11-01', '2026-11-02');
const INSIDE = span('2026-11-21', '2026-11-22');
const OPEN: SupportInterval = {
  startMs: at('2026-11-20'),
  endMs: null,
  expectedEndMs: null,
  endBasis: 'ongoing',
  grantedBy: 'dana.reyes@example.com',
  caseNumber: null,
  extensions: 0,
  sessions: [],
  events: [],
  notes: ['The grant was extended.'],
};
const ENDED: SupportInterval = { ...OPEN, endMs: at('2026-11-21'), endBasis: 'observed' };
const USED: SupportInterval = {
  ...OPEN,
  sessions: [{ startMs: at('2026-11-20'), endMs: null, by: null, events: [] }],
};

function mark(interval: SupportInterval, check: string, windows: readonly TimeWindow[]) {
  const lost = { check, zone: 'review', reason: 'a page was lost', remedy: null } as const;
  const missing = windows.map((window) => ({ ...lost, window }));
  const outcomes = [{ id: check, missing }];
  return markUnreadAccess({ supportIntervals: [interval], outcomes, nowMs: NOW_MS });
}

test.each(['support-access-open', 'support-session-started'])(
  'access that nobody was seen to use is unread where %s missed a part of it',
  (check) => {
    expect(mark(OPEN, check, [EARLIER, INSIDE])).toEqual([
      {
        ...OPEN,
        isUnread: true,
        notes: [...(OPEN.notes ?? []), expect.stringContaining('used it')],
      },
    ]);
  },
);

test('access of which nothing else is noted gets the note alone', () => {
  const { notes: _, ...bare } = OPEN;
  expect(mark(bare, 'support-access-open', [INSIDE])[0]?.notes).toHaveLength(1);
});

test.each<[string, SupportInterval, string, readonly TimeWindow[]]>([
  ['another check missed a part of it', OPEN, 'api-token-created', [INSIDE]],
  ['only another time was missed', ENDED, 'support-access-open', [EARLIER, INSIDE]],
  [
    'what is missed has not happened yet',
    OPEN,
    'support-access-open',
    [span('2026-11-24', '2026-11-25')],
  ],
  ['somebody was seen in it', USED, 'support-access-open', [INSIDE]],
])('access stays as it is where %s', (_title, interval, check, windows) => {
  expect(mark(interval, check, windows)).toEqual([interval]);
});
