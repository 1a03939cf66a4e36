import * as zlib from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readBuiltinRules } from '../../src/catalogue/read-catalogue.ts';
import {
  coversEventTypes,
  exactEventTypes,
  termHoldsType,
} from '../../src/model/event-type-set.ts';
import { isRecord, type LogEvent, type RawEvent } from '../../src/model/log-event.ts';
import type { SourceReading } from '../../src/model/reading.ts';
import type { TimeWindow } from '../../src/model/time-window.ts';
import { buildFieldTree, type FieldNode } from '../../src/sigma/expression/okta-fields.ts';
import type { ArchiveFormat } from '../../src/sources/archive/formats/archive-format.ts';
import { ARCHIVE_FORMATS } from '../../src/sources/archive/formats/archive-formats.ts';
import { restoreName } from '../../src/sources/archive/formats/restore-name.ts';
import { overlay } from '../../src/sources/archive/formats/restore-record.ts';
import {
  ANONYMIZER,
  adminAppAccess,
  apiTokenCreation,
  BERLIN_OFFICE,
  composeEvent,
  FAR_AWAY,
  factorEvent,
  failedSignIn,
  impersonationEvent,
  OKTA_SYSTEM,
  passwordReset,
  person,
  privilegeGrant,
  signIn,
  supportAction,
  supportToolReset,
  thing,
} from '../simulators/okta/build-event.ts';
import { days, readArchive, toLines } from './archive-workbench.ts';
import { FORMAT_WRITERS, FRAMINGS, writeFormat } from './format-writers.ts';
import { makeZip } from './make-zip.ts';

const WINDOW = days('2022-01-10', '2022-01-12');
/** Random files of each format. */
const RUNS = 12;

const somebody = fc
  .constantFrom('dana.reyes', 'finn.o’hara', 'j.ortiz', 'svc-"ci"', 'ada, b.')
  .map((name) => person(`${name}@acme.example`));
const debugData = fc.constantFrom<Record<string, unknown>>(
  {},
  { behaviors: '{New Device=POSITIVE, New IP=POSITIVE, Velocity=POSITIVE}' },
  { risk: '{reasons=Anomalous Location, level=HIGH}' },
  { logOnlySecurityData: '{"behaviors":{"New Device":"POSITIVE","New IP":"POSITIVE"}}' },
  { networkConnection: 'ANYWHERE', tunnels: '[{"anonymous":true}]', factor: 'PUSH' },
);
/** What few events have: each of the fields that no other part of an event fills. */
const RARE_PARTS = (() => {
  const network = { asNumber: 64500, asOrg: 'example relays', isp: 'relay.example' };
  const ipServiceCategories = [{ type: 'VPN', operator: 'EXAMPLE_VPN', isAnonymous: true }];
  return {
    actor: { detailEntry: { clientAppType: 'x' } },
    authenticationContext: {
      authenticationProvider: 'FEDERATION',
      credentialProvider: 'DUO',
      credentialType: 'ASSERTION',
      interface: 'wsTrust',
      issuer: { id: '0oaissuer', type: 'SAML' },
      authenticatorContext: { bindingMethod: 'LOOPBACK', validationStatus: 'NO_SIGNATURE' },
    },
    client: { id: '0oaclient' },
    securityContext: {
      botProtection: { level: 'MEDIUM' },
      ipDetails: { ...network, domain: 'relay.example', ipServiceCategories },
      risk: { level: 'HIGH', previousLevel: 'LOW', issuer: 'OKTA', reasons: 'Anomalous Device' },
      userBehaviors: [{ id: 'beh1', name: 'New Device', result: 'POSITIVE' }],
    },
  };
})();
const device = fc.constantFrom(null, { id: 'guo1', name: 'laptop', os_platform: 'OSX' });
const ipChain = fc.constantFrom(
  [{ ip: '192.0.2.7', geographicalContext: null, version: 'V4', source: null }],
  [
    { ip: '192.0.2.7', geographicalContext: { country: 'Ireland' }, version: 'V4', source: null },
    { ip: '198.51.100.7', geographicalContext: null, version: 'V4', source: null },
  ],
);
const changedRule = {
  ...thing('PolicyRule', 'Default rule'),
  changeDetails: { from: { requireFactor: true }, to: { requireFactor: false } },
};
const passwordFactor = {
  ...thing('AuthenticatorEnrollment', 'x'),
  detailEntry: { methodTypeUsed: 'Password' },
};

/** An event of a kind that checks look for, by whom and from where it may be. */
const event = fc
  .record({
    at: fc.integer({ min: WINDOW.sinceMs, max: WINDOW.untilMs - 1 }),
    actor: somebody,
    target: somebody,
    place: fc.constantFrom(BERLIN_OFFICE, FAR_AWAY, ANONYMIZER),
    debugData,
    replace: fc.record({ device, request: fc.record({ ipChain }) }),
    token: fc.constantFrom({ apiTokenId: '00Ttoken' }, {}),
    rare: fc.constantFrom(RARE_PARTS, {}),
    kind: fc.nat(11),
  })
  .map(({ kind, actor, target, token, rare, ...parts }): RawEvent => {
    const details = { ...parts, ...token };
    const kinds: readonly (() => RawEvent)[] = [
      () => signIn({ ...details, user: actor }),
      () => failedSignIn({ ...details, user: actor }),
      () => adminAppAccess({ ...details, user: actor }),
      () => passwordReset({ ...details, actor, target }),
      () => supportToolReset({ at: details.at, target }),
      () => factorEvent('reset_all', { ...details, actor, target }),
      () => privilegeGrant({ ...details, ...ofRole(details), actor, target }),
      () => apiTokenCreation({ ...details, actor, token: 'a "token", quoted\nand broken' }),
      () => impersonationEvent('initiate', { ...details, actor: OKTA_SYSTEM, target }),
      () => supportAction('update', { at: details.at, target }),
      () => compose('user.authentication.verify', [passwordFactor]),
      () => compose('policy.rule.update', [changedRule]),
    ];
    const compose = (
      eventType: string,
      targets: Parameters<typeof composeEvent>[0]['targets'] = [],
    ) => composeEvent({ ...details, actor, eventType, targets });
    return overlay(kinds[kind]?.() ?? {}, rare) as RawEvent;
  });

/** Okta names the role with every grant of one. */
function ofRole({ debugData }: { readonly debugData?: RawEvent | undefined }) {
  return { debugData: { ...debugData, privilegeGranted: 'Super administrator' } };
}

const packing = fc.constantFrom<(content: Buffer) => readonly [name: string, content: Buffer]>(
  (content) => ['a', content],
  (content) => ['a.gz', zlib.gzipSync(content)],
  (content) => [
    'a.gz',
    Buffer.concat(
      [content.subarray(0, 999), content.subarray(999)].map((part) => zlib.gzipSync(part)),
    ),
  ],
  (content) => ['a.br', zlib.brotliCompressSync(content)],
  (content) => ['a.br.gz', zlib.gzipSync(zlib.brotliCompressSync(content))],
  (content) => ['a', zlib.zstdCompressSync(content)],
  (content) => ['a.zip', makeZip({ 'in/a': content }, true)],
  (content) => ['a.zip', makeZip({ 'in/a.gz': zlib.gzipSync(content) }, false)],
);

/** Dotted paths of all that a rule may name. */
function listFields(node: FieldNode, path = ''): string[] {
  const below = [...node.children].flatMap(([name, child]) =>
    listFields(child, path === '' ? name : `${path}.${name}`),
  );
  return below.length === 0 ? [path] : below;
}
const FIELDS = listFields(buildFieldTree());

/** What stands at a path, through lists, as texts: tables do not tell numbers from their digits. */
function readField(value: unknown, [key, ...rest]: readonly string[]): string[] {
  if (Array.isArray(value)) {
    return value.flatMap((entry) => readField(entry, key === undefined ? [] : [key, ...rest]));
  }
  if (key !== undefined) return isRecord(value) ? readField(value[key], rest) : [];
  if (isRecord(value)) return Object.keys(value).length === 0 ? [] : [JSON.stringify(value)];
  return value === null || value === undefined || value === '' ? [] : [String(value)];
}

/** What an event says where its format declares that it says it, a line for each field. */
function tell({ raw }: LogEvent, { missingFields }: ArchiveFormat): string {
  const isLost = (field: string): boolean =>
    missingFields.some((missing) => field === missing || field.startsWith(`${missing}.`));
  return FIELDS.filter((field) => !isLost(field))
    .map((field) => [field, readField(raw, field.split('.'))] as const)
    .filter(([, texts]) => texts.length > 0)
    .map(([field, texts]) => `${field}: ${texts.join(' and ')}\n`)
    .join('');
}

function canHold({ cannotContain }: ArchiveFormat, record: RawEvent): boolean {
  if (cannotContain.kind === 'all') return false;
  return !cannotContain.terms.some((term) => termHoldsType(term, String(record['eventType'])));
}

function listCovered({ covered }: SourceReading, eventType: string): TimeWindow[] {
  return covered
    .filter(({ eventTypes }) => coversEventTypes(eventTypes, exactEventTypes([eventType])))
    .map(({ window }) => window);
}

describe('every format says what the plain log says, but for what it declares to lose', () => {
  it.each(ARCHIVE_FORMATS.map((format) => [format.id, format] as const))(
    '%s',
    async (id, format) => {
      const given = fc.array(event, { minLength: 5, maxLength: 40 });
      const file = fc.record({ given, framing: fc.constantFrom(...FRAMINGS), pack: packing });
      await fc.assert(
        fc.asyncProperty(file, async ({ given, framing, pack }) => {
          const records = given.filter((record) => canHold(format, record));
          fc.pre(records.length > 0);
          const [name, content] = pack(Buffer.from(writeFormat(id, records, framing)));
          const types = [...new Set(records.map((record) => String(record['eventType'])))];
          const eventTypes = exactEventTypes(types);
          const ours = await readArchive({ files: { [name]: content }, eventTypes });
          const plain = await readArchive({ files: { plain: toLines(records) }, eventTypes });
          for (const [index, event] of plain.events.entries()) {
            expect(ours.events[index]?.uuid).toBe(event.uuid);
            expect(tell(ours.events[index] ?? event, format)).toBe(tell(event, format));
          }
          expect(ours.reading.counts).toEqual(plain.reading.counts);
          for (const type of types) {
            expect(listCovered(ours.reading, type)).toEqual(listCovered(plain.reading, type));
          }
          for (const { missingFields } of ours.reading.covered) {
            expect(new Set(missingFields)).toEqual(new Set(format.missingFields));
          }
        }),
        { numRuns: RUNS },
      );
    },
  );

  it('and every format has somebody who writes it', () => {
    expect(Object.keys(FORMAT_WRITERS).sort()).toEqual(ARCHIVE_FORMATS.map(({ id }) => id).sort());
  });
});

it('a name that checks look at comes back from a data lake that lowers names', () => {
  const named = JSON.stringify(readBuiltinRules()).match(
    /\b(actor|authenticationContext|client|debugContext|securityContext|target|transaction)(\.\w+)+/g,
  );
  const fields = [...FIELDS, ...(named ?? []), 'debugContext.debugData.caseNumber'];
  const names = new Set(fields.flatMap((field) => field.split('.')));
  const keys = [...names].filter((name) => /^[a-z]/.test(name));
  expect(keys).toContain('policyRuleActionJson');
  expect(keys.filter((name) => restoreName(name.toLowerCase()) !== name)).toEqual([]);
});
