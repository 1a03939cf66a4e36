import { describe, expect, it } from 'vitest';
import { attributeChange } from '../../src/checks/credential-changes/attribute-change.ts';
import { readOrigin } from '../../src/checks/read-origin.ts';
import { isRecord, type RawEvent } from '../../src/model/log-event.ts';
import { person, signIn, supportToolReset } from '../simulators/okta/build-event.ts';
import { readArchive, toLines } from './archive-workbench.ts';

const DANA = person('dana.reyes@acme.example');
const AT = '2022-01-18T03:00:00.000Z';
const RESET = supportToolReset({ target: DANA, at: AT });

/** With a word in the place of each null, as a tool writes it that has none. */
function fill(value: unknown, word: string): unknown {
  if (Array.isArray(value)) return value.map((element) => fill(element, word));
  if (!isRecord(value)) return value ?? word;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, fill(inner, word)]),
  );
}

/** Columns of tables have what is in objects, also where Okta has none. */
const OPENED = {
  ...RESET,
  client: {
    ...(RESET['client'] as RawEvent),
    userAgent: { rawUserAgent: null, os: null, browser: null },
    geographicalContext: { city: null, state: null, country: null, geolocation: null },
  },
};

async function readOne(record: unknown) {
  const { events } = await readArchive({ files: { a: toLines([record]) } });
  expect(events).toHaveLength(1);
  return events[0] ?? { raw: {}, uuid: '', eventType: '', publishedMs: 0 };
}

describe('a word that stands for null', () => {
  it.each([
    ...['null', 'NULL', 'None', 'nil', '<nil>', 'nan', 'NaN', 'N/A', '(null)', 'undefined', '-'],
    ...['--', ' null '],
  ])('%j hides no reset of the support tool', async (word) => {
    for (const record of [RESET, OPENED]) {
      const event = await readOne(fill(record, word));
      expect(attributeChange(event).attribution).toBe('support-tool');
      expect(readOrigin(event)).toStrictEqual(
        readOrigin({ raw: record, eventType: '', uuid: '', publishedMs: 0 }),
      );
    }
  });

  it('"Unknown" is no country and no browser either, and elsewhere the word that Okta has', async () => {
    const client = {
      userAgent: { rawUserAgent: 'Unknown', os: 'Unknown', browser: 'UNKNOWN' },
      geographicalContext: { country: 'unknown' },
      ipAddress: null,
    };
    const event = await readOne({ ...RESET, client });
    expect(event.raw).toMatchObject({
      client: {
        userAgent: { rawUserAgent: null, os: 'Unknown', browser: 'UNKNOWN' },
        geographicalContext: { country: null },
      },
      transaction: { id: 'unknown' },
    });
    const mistyped = {
      actor: { id: 'unknown', type: 'User', alternateId: 'nobody@acme.example' },
      authenticationContext: { externalSessionId: 'unknown' },
      outcome: { result: 'UNKNOWN', reason: 'UNKNOWN' },
    };
    expect((await readOne({ ...RESET, ...mistyped })).raw).toMatchObject(mistyped);
  });

  it('is no API token, no network and no session that events have in common', async () => {
    const record = signIn({ user: DANA, at: AT });
    const event = await readOne({
      ...record,
      transaction: { id: 'T1', type: 'WEB', detail: { requestApiTokenId: 'None' } },
      securityContext: {
        ...{ asNumber: 'None', asOrg: 'None', isp: '-', isProxy: false },
        ipDetails: { asNumber: 'None', asOrg: 'Acme' },
      },
      authenticationContext: { externalSessionId: '-', rootSessionId: 'None' },
      outcome: { result: 'SUCCESS', reason: 'N/A' },
      target: [{ id: '0oa1', type: 'AppInstance', alternateId: 'None', detailEntry: 'None' }],
    });
    expect(event.raw).toMatchObject({
      transaction: { id: 'T1', type: 'WEB', detail: {} },
      securityContext: {
        ...{ asNumber: null, asOrg: null, isp: null, isProxy: false },
        ipDetails: { asNumber: null, asOrg: 'Acme' },
      },
      authenticationContext: { externalSessionId: null, rootSessionId: null },
      outcome: { result: 'SUCCESS', reason: null },
      // Somebody may be called so.
      target: [{ id: '0oa1', alternateId: 'None', detailEntry: null }],
    });
    expect(event.raw['transaction']).not.toHaveProperty('detail.requestApiTokenId');
  });

  it('is looked for in no record that has none', async () => {
    const record = signIn({ user: DANA, at: AT });
    expect((await readOne(record)).raw).toStrictEqual(record);
  });
});
