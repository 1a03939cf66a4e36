import { describe, expect, it } from 'vitest';
import { coversEventTypes, exactEventTypes } from '../../src/model/event-type-set.ts';
import type { FollowUp, SourceReading } from '../../src/model/reading.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS, type TimeWindow } from '../../src/model/time-window.ts';
import {
  days,
  makeNoise,
  makeRecord,
  type RecordGiven,
  ROUTINE_TYPES,
  readArchive,
  toLines,
} from './archive-workbench.ts';

const FORTNIGHT = days('2022-01-03', '2022-01-17');

/** An archive that has, every hour, an event of each type for which `keeps` holds. */
async function readFiltered(given: {
  readonly keeps: (eventType: string, atMs: number) => boolean;
  readonly asks: readonly string[];
  readonly window?: TimeWindow;
  /** Of the window, if not all of it. */
  readonly asked?: TimeWindow;
  readonly followUps?: readonly FollowUp[];
}): Promise<SourceReading> {
  const window = given.window ?? FORTNIGHT;
  const records: unknown[] = [];
  for (let at = window.sinceMs; at <= window.untilMs; at += DAY_MS / 24) {
    for (const eventType of [...ROUTINE_TYPES, 'policy.evaluate_sign_on']) {
      if (given.keeps(eventType, at)) records.push(makeRecord({ at, eventType }));
    }
  }
  const { reading } = await readArchive({
    files: { 'a.ndjson': toLines(records) },
    window: given.asked ?? window,
    eventTypes: exactEventTypes(given.asks),
    ...(given.followUps && { request: { needs: [], followUps: given.followUps } }),
  });
  return reading;
}

function isCovered(reading: SourceReading, eventType: string, at: string): boolean {
  return reading.covered.some(
    (stretch) =>
      stretch.window.sinceMs <= Date.parse(at) &&
      stretch.window.untilMs > Date.parse(at) &&
      coversEventTypes(stretch.eventTypes, exactEventTypes([eventType])),
  );
}

const TOKEN = 'system.api_token.create';
const RESET = 'user.account.reset_password';
const UPDATE = 'user.account.update_profile';
const GRANT = 'user.session.impersonation.grant';

describe('an archive looks filtered', () => {
  it('not where every routine family is there', async () => {
    const reading = await readFiltered({ keeps: () => true, asks: [TOKEN, RESET, GRANT] });
    expect(reading.holes).toEqual([]);
    expect(reading.covered).toHaveLength(1);
  });

  it('not for the absence of a rare family', async () => {
    const reading = await readFiltered({ keeps: (type) => type !== TOKEN, asks: [TOKEN] });
    expect(reading.holes).toEqual([]);
  });

  it('by a week without a family that a check needs, for this family alone', async () => {
    const reading = await readFiltered({
      keeps: (type, at) => !type.startsWith('user.account') || at < Date.parse('2022-01-06T06:00Z'),
      asks: [RESET, TOKEN],
    });
    expect(reading.holes).toHaveLength(1);
    expect(reading.holes[0]).toMatchObject({
      window: { sinceMs: Date.parse('2022-01-06T05:00Z') + 1 },
      reason: expect.stringMatching(/no user\.account event.*may have been filtered before export/),
      remedy: 'give an unfiltered export of 2022-01-06 to 2022-01-17',
    });
    expect(isCovered(reading, RESET, '2022-01-05')).toBe(true);
    expect(isCovered(reading, RESET, '2022-01-10')).toBe(false);
    expect(isCovered(reading, TOKEN, '2022-01-10')).toBe(true);
  });

  it('by families that are missing for the same time, told once', async () => {
    const reading = await readFiltered({
      keeps: (type, at) =>
        !/^user\.(account|mfa)/.test(type) || at < Date.parse('2022-01-06T06:00Z'),
      asks: [RESET, 'user.mfa.factor.activate', TOKEN],
    });
    expect(reading.holes.map(({ reason }) => reason)).toEqual([
      expect.stringContaining('holds no user.account or user.mfa event for 10 days'),
    ]);
    expect(isCovered(reading, RESET, '2022-01-10')).toBe(false);
    expect(isCovered(reading, 'user.mfa.factor.activate', '2022-01-10')).toBe(false);
    expect(isCovered(reading, TOKEN, '2022-01-10')).toBe(true);
  });

  it.each([
    ['inside of it', days('2022-01-09', '2022-01-11')],
    ['where it begins', days('2022-01-04', '2022-01-08')],
    ['where it ends', days('2022-01-13', '2022-01-16')],
    ['from its last hour on', days('2022-01-14T17:30Z', '2022-01-16')],
  ])('by more than a week without it, of which only days %s are asked about', async (_, asked) => {
    const isAbsent = (at: number): boolean =>
      at >= Date.parse('2022-01-06T06:00Z') && at < Date.parse('2022-01-14T18:00Z');
    const reading = await readFiltered({
      keeps: (type, at) => !type.startsWith('user.account') || !isAbsent(at),
      asks: [RESET],
      asked,
    });
    const absence = days('2022-01-06T05:00Z', '2022-01-14T18:00Z');
    expect(reading.holes).toEqual([
      expect.objectContaining({
        window: {
          sinceMs: Math.max(absence.sinceMs + 1, asked.sinceMs),
          untilMs: Math.min(absence.untilMs, asked.untilMs),
        },
        reason: expect.stringContaining('for 8 days'),
      }),
    ]);
  });

  it.each([
    ['before it', days('2022-01-03', '2022-01-06')],
    ['behind it', days('2022-01-15', '2022-01-17')],
  ])('not by a week without it where only days %s are asked about', async (_, asked) => {
    const reading = await readFiltered({
      keeps: (type, at) =>
        !type.startsWith('user.account') ||
        at < Date.parse('2022-01-06T06:00Z') ||
        at > Date.parse('2022-01-14T18:00Z'),
      asks: [RESET],
      asked,
    });
    expect(reading.holes).toEqual([]);
    expect(reading.covered).toHaveLength(1);
  });

  it('by its first week without it', async () => {
    const reading = await readFiltered({
      keeps: (type, at) => !type.startsWith('user.account') || at >= Date.parse('2022-01-11'),
      asks: [RESET, TOKEN],
    });
    expect(isCovered(reading, RESET, '2022-01-05')).toBe(false);
    expect(isCovered(reading, TOKEN, '2022-01-05')).toBe(true);
    expect(isCovered(reading, RESET, '2022-01-12')).toBe(true);
  });

  it('not by less than a week without it', async () => {
    const reading = await readFiltered({
      keeps: (type, at) =>
        !type.startsWith('user.account') ||
        at <= Date.parse('2022-01-06T06:00Z') ||
        at >= Date.parse('2022-01-13T06:00Z'),
      asks: [RESET],
    });
    expect(reading.holes).toEqual([]);
  });

  it('by two working weeks without it, although the weekend between them is silent', async () => {
    const isWorkday = (at: number): boolean => ![0, 6].includes(new Date(at).getUTCDay());
    const reading = await readFiltered({
      keeps: (type, at) => isWorkday(at) && !type.startsWith('user.account'),
      asks: [RESET, TOKEN],
    });
    expect(isCovered(reading, RESET, '2022-01-05')).toBe(false);
    expect(isCovered(reading, RESET, '2022-01-12')).toBe(false);
    expect(isCovered(reading, TOKEN, '2022-01-12')).toBe(true);
    const filtered = reading.holes.filter(({ reason }) => reason.includes('filtered'));
    expect(filtered).toHaveLength(2);
    for (const { reason } of filtered) expect(reason).toContain('user.account event for 9 days');
  });

  it('not by days without it on both sides of a gap that are less than a week', async () => {
    const reading = await readFiltered({
      keeps: (type, at) =>
        at < Date.parse('2022-01-06') || at >= Date.parse('2022-01-14')
          ? !type.startsWith('user.account')
          : false,
      asks: [RESET],
    });
    expect(isCovered(reading, RESET, '2022-01-05')).toBe(true);
    expect(isCovered(reading, RESET, '2022-01-15')).toBe(true);
  });

  it('not by a family that no check needs', async () => {
    const reading = await readFiltered({
      keeps: (type) => !type.startsWith('user.mfa'),
      asks: [RESET],
    });
    expect(reading.holes).toEqual([]);
  });

  it('by impersonation alone, which is no routine session', async () => {
    const records = [0, 1, 2, 3].map((day) =>
      makeRecord({ at: FORTNIGHT.sinceMs + day * DAY_MS * 0.9, eventType: GRANT }),
    );
    const { reading } = await readArchive({
      files: { 'a.ndjson': toLines(records) },
      window: days('2022-01-03', '2022-01-05'),
      eventTypes: exactEventTypes([GRANT, TOKEN]),
    });
    expect(isCovered(reading, TOKEN, '2022-01-04')).toBe(false);
    expect(isCovered(reading, GRANT, '2022-01-04')).toBe(true);
  });

  it('by a week without any sign-in, for every type that is absent too', async () => {
    const reading = await readFiltered({
      keeps: (type) => type.startsWith('user.account') || type.startsWith('user.mfa'),
      asks: [RESET, TOKEN, GRANT, UPDATE],
    });
    expect(isCovered(reading, UPDATE, '2022-01-10')).toBe(true);
    expect(isCovered(reading, RESET, '2022-01-10')).toBe(false);
    expect(isCovered(reading, TOKEN, '2022-01-10')).toBe(false);
    expect(isCovered(reading, GRANT, '2022-01-10')).toBe(false);
    expect(reading.holes.map((hole) => hole.reason).join()).toContain('no sign-in');
  });

  it.each([
    ['by outcomes, where nothing in it ever succeeded', () => 'FAILURE', false],
    [
      'not where a few of its events succeeded',
      (at: number) => ['SUCCESS'][at % DAY_MS] ?? 'DENY',
      true,
    ],
  ])('%s', async (_, resultAt, isCoveredThen) => {
    const records = ROUTINE_TYPES.flatMap((eventType) =>
      Array.from({ length: 14 * 24 + 1 }, (_, hour) => {
        const at = FORTNIGHT.sinceMs + (hour * DAY_MS) / 24;
        return { ...makeRecord({ at, eventType }), outcome: { result: resultAt(at) } };
      }),
    );
    const { reading } = await readArchive({
      files: { 'a.ndjson': toLines(records) },
      window: FORTNIGHT,
      eventTypes: exactEventTypes([...ROUTINE_TYPES, TOKEN]),
    });
    expect(isCovered(reading, TOKEN, '2022-01-10')).toBe(isCoveredThen);
    expect(isCovered(reading, UPDATE, '2022-01-10')).toBe(isCoveredThen);
    const reasons = reading.holes.map((hole) => hole.reason).join();
    expect(reasons.includes('no event that succeeded')).toBe(!isCoveredThen);
  });

  it.each([
    ['lines', false],
    ['lines that are all parsed', true],
  ])('not by failures at its front, as of a guessed password: %s', async (_, isStrict) => {
    const records = makeNoise(FORTNIGHT).map((record, index) =>
      index < 25 ? { ...record, outcome: { result: 'FAILURE' } } : record,
    );
    const { reading } = await readArchive({
      files: { 'a.ndjson': toLines(records) },
      window: FORTNIGHT,
      eventTypes: exactEventTypes([TOKEN]),
      options: { isStrict },
    });
    expect(isCovered(reading, TOKEN, '2022-01-10')).toBe(true);
  });

  it.each([
    ['user.session', ['user.session.start']],
    ['user.authentication', ['user.authentication.sso', 'user.authentication.verify']],
  ])('by days of the family %s alone, for every type that is absent', async (family, types) => {
    const window = days('2022-01-16', '2022-01-20');
    const records = types.flatMap((eventType) =>
      makeNoise(window).map(({ published }) => makeRecord({ at: String(published), eventType })),
    );
    const { reading } = await readArchive({
      files: { 'a.ndjson': toLines(records) },
      window,
      eventTypes: exactEventTypes([RESET, TOKEN, ...types]),
    });
    for (const type of types) expect(isCovered(reading, type, '2022-01-18')).toBe(true);
    expect(isCovered(reading, RESET, '2022-01-18')).toBe(false);
    expect(isCovered(reading, TOKEN, '2022-01-18')).toBe(false);
    const reasons = reading.holes.map(({ reason }) => reason).join();
    expect(reasons).toContain(`no event of any family but ${family} for 3 days`);
  });

  it.each([
    [996, true],
    [1000, false],
  ])(
    'by %d events of three families in six days, for every type that is absent',
    async (events, isCoveredThen) => {
      const window = days('2022-01-16', '2022-01-22');
      const types = ['user.session.start', 'user.authentication.sso', 'policy.evaluate_sign_on'];
      const records = Array.from({ length: events }, (_, index) =>
        makeRecord({
          at: window.sinceMs + Math.round((index * 6 * DAY_MS) / (events - 1)),
          eventType: types[index % 3] ?? '',
        }),
      );
      const { reading } = await readArchive({
        files: { 'a.ndjson': toLines(records) },
        window,
        eventTypes: exactEventTypes([RESET, GRANT, 'user.session.start']),
      });
      expect(isCovered(reading, 'user.session.start', '2022-01-18')).toBe(true);
      expect(isCovered(reading, RESET, '2022-01-18')).toBe(isCoveredThen);
      expect(isCovered(reading, GRANT, '2022-01-18')).toBe(isCoveredThen);
    },
  );

  it('by two days without any sign-in where that is the whole archive', async () => {
    const reading = await readFiltered({
      keeps: (type) => type.startsWith('user.account'),
      asks: [RESET, TOKEN, UPDATE],
      window: days('2022-01-16', '2022-01-18'),
    });
    expect(isCovered(reading, UPDATE, '2022-01-17')).toBe(true);
    expect(isCovered(reading, RESET, '2022-01-17')).toBe(false);
    expect(isCovered(reading, TOKEN, '2022-01-17')).toBe(false);
  });
});

describe('an archive of one person', () => {
  const ACTOR = { actorId: '00uone', targetId: '00uelse' };
  const TARGET = { actorId: '00uhelper', targetId: '00uone' };
  const lay = (
    events: number,
    whoAt: (index: number) => Pick<RecordGiven, 'actorId' | 'targetId'>,
  ): unknown[] =>
    Array.from({ length: events }, (_, index) => {
      const eventType = ROUTINE_TYPES[index % ROUTINE_TYPES.length] ?? '';
      const at = FORTNIGHT.sinceMs + Math.round((index * 14 * DAY_MS) / (events - 1));
      return makeRecord({ at, eventType, ...whoAt(index) });
    });
  const turn = (index: number) => (index % 3 === 0 ? TARGET : ACTOR);
  const readFor = async (content: string, isStrict = false): Promise<SourceReading> => {
    const { reading } = await readArchive({
      files: { a: content },
      window: FORTNIGHT,
      eventTypes: exactEventTypes([TOKEN]),
      options: { isStrict },
    });
    return reading;
  };

  it.each([
    ['lines', toLines(lay(900, turn)), false],
    ['lines that are all parsed', toLines(lay(900, turn)), true],
    ['an array', JSON.stringify(lay(900, turn)), false],
    ['applications', toLines(lay(900, () => ({ actorId: '0oaapp' }))), false],
  ])('vouches for nothing: %s', async (_, content, isStrict) => {
    const reading = await readFor(content, isStrict);
    expect(reading.covered).toEqual([]);
    expect(reading.holes.map(({ window }) => window)).toEqual([FORTNIGHT]);
    expect(reading.holes[0]?.reason).toContain('of anybody but one person');
    expect(reading.counts.eventsParsed).toBe(isStrict ? 900 : 0);
  });

  it.each([
    ['an array', JSON.stringify],
    ['lines', toLines],
  ] as const)('vouches for nothing where logins alone were kept: %s', async (_, write) => {
    const records = lay(900, turn).map((record, index) => ({
      ...(record as Record<string, unknown>),
      actor: { type: 'User', alternateId: 'one@acme.example' },
      target: [{ type: 'User', alternateId: `${index}@acme.example` }],
    }));
    expect((await readFor(write(records))).covered).toEqual([]);
  });

  it('is none where a single event is of others, wherever it stands', async () => {
    for (const at of [25, 700, 899]) {
      const records = lay(900, (index) => (index === at ? { actorId: '00uother' } : turn(index)));
      expect((await readFor(toLines(records))).holes).toEqual([]);
    }
  });

  it('is none where there are too few events to tell, as in a tiny tenant', async () => {
    expect((await readFor(toLines(lay(19, turn)))).covered).not.toEqual([]);
    expect((await readFor(toLines(lay(20, turn)))).covered).toEqual([]);
  });
});

describe('a file of picked events beside the whole log of the week before', () => {
  const [FIRST, SECOND] = [days('2022-01-03', '2022-01-10'), days('2022-01-10', '2022-01-17')];
  const TYPES = [...ROUTINE_TYPES, 'policy.evaluate_sign_on', 'app.oauth2.token.grant'];
  const whole = (window: TimeWindow): Record<string, unknown>[] =>
    TYPES.flatMap((eventType) =>
      makeNoise(window).map(({ published }) => makeRecord({ at: String(published), eventType })),
    );
  const pick = (window: TimeWindow, keeps: (eventType: string) => boolean): string =>
    toLines(whole(window).filter(({ eventType }) => keeps(String(eventType))));
  const isSession = (eventType: string): boolean => eventType.startsWith('user.session.');
  const read = async (files: Readonly<Record<string, string>>): Promise<SourceReading> => {
    const asked = exactEventTypes([TOKEN, GRANT, 'user.session.start']);
    return (await readArchive({ files, window: FORTNIGHT, eventTypes: asked })).reading;
  };
  const failed = whole(SECOND).map((record) => ({ ...record, outcome: { result: 'FAILURE' } }));
  const ofOne = whole(SECOND).map(({ published, eventType }) =>
    makeRecord({ at: String(published), eventType: String(eventType), actorId: '00uone' }),
  );

  it.each([
    ['sign-ins alone', pick(SECOND, isSession), 'any family but user.session'],
    ['failures alone', toLines(failed), 'that succeeded'],
    ['one person alone', toLines(ofOne), 'of anybody but one person'],
  ])('does not go on with it: %s', async (_, picked, reason) => {
    const reading = await read({ 'a.ndjson': toLines(whole(FIRST)), 'b.ndjson': picked });
    for (const type of [TOKEN, GRANT]) {
      expect(isCovered(reading, type, '2022-01-06')).toBe(true);
      expect(isCovered(reading, type, '2022-01-13')).toBe(false);
    }
    const hole = reading.holes.find((hole) => hole.reason.includes(reason));
    expect(hole?.window.sinceMs).toBe(SECOND.sinceMs);
    expect(hole?.reason).toMatch(/^a part of the archive holds no event /);
  });

  it('still gives what was picked, and tells the seam between the two', async () => {
    const reading = await read({
      'a.ndjson': toLines(whole(FIRST)),
      'b.ndjson': pick(SECOND, isSession),
    });
    expect(isCovered(reading, 'user.session.start', '2022-01-13')).toBe(true);
    expect(reading.holes[0]?.window.untilMs).toBe(SECOND.sinceMs);
    expect(reading.holes.map(({ reason }) => reason)).toEqual([
      'the archive ends at 2022-01-09 23:00 UTC',
      expect.stringMatching(/^a part of the archive holds no event of any family but /),
      'the archive ends at 2022-01-16 23:00 UTC',
    ]);
  });

  it.each([
    ['behind the whole log of the week before', { a: toLines(whole(FIRST)) }],
    ['alone', {}],
  ])('is not made whole by another one of as few, as of several people: %s', async (_, log) => {
    const ofPeople = ['00uone', '00utwo', '00uthree'].map((actorId) => {
      const records = whole(SECOND).map(({ published, eventType }) =>
        makeRecord({ at: String(published), eventType: String(eventType), actorId }),
      );
      return [actorId, toLines(records)] as const;
    });
    const reading = await read({
      ...log,
      ...Object.fromEntries(ofPeople),
      failed: toLines(failed),
    });
    for (const type of [TOKEN, GRANT, 'user.session.start']) {
      expect(isCovered(reading, type, '2022-01-13')).toBe(false);
    }
  });

  it('costs nothing where the whole log has its days too', async () => {
    const reading = await read({
      'a.ndjson': toLines(whole(FORTNIGHT)),
      'b.ndjson': pick(SECOND, isSession),
    });
    expect(isCovered(reading, GRANT, '2022-01-13')).toBe(true);
    expect(reading.holes.filter(({ reason }) => reason.includes('no event of any'))).toEqual([]);
  });

  it('is none where every type has a file of its own', async () => {
    const files = TYPES.map((type) => [type, pick(FORTNIGHT, (one) => one === type)] as const);
    const rare = toLines([makeRecord({ at: '2022-01-08T10:00Z', eventType: RESET })]);
    const reading = await read({ ...Object.fromEntries(files), [RESET]: rare });
    expect(isCovered(reading, GRANT, '2022-01-13')).toBe(true);
  });

  it('is none where every type has a file, one of them of one application, and some days but two types', async () => {
    const [OF_APP, SIGN_IN] = ['app.oauth2.token.grant', 'user.session.start'];
    const files = TYPES.map((eventType) => {
      const isBusyOnSunday = [OF_APP, SIGN_IN].includes(eventType);
      const records = makeNoise(FORTNIGHT)
        .map(({ published }) => String(published))
        .filter((at) => isBusyOnSunday || !at.startsWith('2022-01-09'))
        .map((at) =>
          makeRecord({ at, eventType, ...(eventType === OF_APP && { actorId: '0oaapp' }) }),
        );
      return [eventType, toLines(records)] as const;
    });
    const reading = await read(Object.fromEntries(files));
    expect(isCovered(reading, GRANT, '2022-01-13')).toBe(true);
  });

  it('is none where files have less than a day, as of a weekend on which one account works', async () => {
    const parts = Array.from({ length: 12 }, (_, index) => {
      const sinceMs = Date.parse('2022-01-15') + index * 4 * HOUR_MS;
      const window = { sinceMs, untilMs: sinceMs + 4 * HOUR_MS };
      const records = makeNoise(window, 10 * MINUTE_MS).map(({ published }) =>
        makeRecord({ at: String(published), actorId: '0oaapp' }),
      );
      return [`weekend-${index}`, toLines(records)] as const;
    });
    const weeks = toLines(whole(days('2022-01-03', '2022-01-15')));
    const reading = await read({ a: weeks, ...Object.fromEntries(parts) });
    expect(isCovered(reading, GRANT, '2022-01-16')).toBe(true);
  });
});

it('of which sign-ins were left out does not give what a drill-down needs of them', async () => {
  const followUp = { field: 'actor.id', values: ['00uactor'], window: FORTNIGHT } as const;
  const reading = await readFiltered({
    keeps: (type) => !type.startsWith('user.session'),
    asks: [],
    followUps: [
      {
        ...followUp,
        eventTypes: exactEventTypes(['user.session.start', RESET]),
        decidesSinceMs: FORTNIGHT.sinceMs,
      },
    ],
  });
  const gives = (eventType: string): boolean =>
    (reading.followed ?? []).some(({ eventTypes }) =>
      coversEventTypes(eventTypes, exactEventTypes([eventType])),
    );
  expect([gives(RESET), gives('user.session.start')]).toEqual([true, false]);
  expect(reading.holes.map((hole) => hole.reason).join()).toContain('no user.session event');
});
