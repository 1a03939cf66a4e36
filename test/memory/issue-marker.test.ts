import { expect, test } from 'vitest';
import { deriveMarkerKey, findMarker, writeMarker } from '../../src/memory/issue-marker.ts';

const key = deriveMarkerKey({ tenant: 'acme.example.com', scopeId: 'standing' });
const marker = writeMarker({ key, memory: 'm1.abc_.' });

test('a marker is one hidden line that is found again', () => {
  expect(marker).toBe(`<!-- okta-tenant-audit:v1 key=${key} memory=m1.abc_. -->`);
  expect(findMarker(`${marker}\n\n# Title`)).toEqual({ kind: 'marker', key, memory: 'm1.abc_.' });
  expect(findMarker(`${marker}\r\n# Title`)).toEqual({ kind: 'marker', key, memory: 'm1.abc_.' });
  expect(findMarker(marker)).toEqual({ kind: 'marker', key, memory: 'm1.abc_.' });
});

test.each([
  ['another tenant', { tenant: 'other.example.com', scopeId: 'standing' }],
  ['another scope', { tenant: 'acme.example.com', scopeId: 'okta-2022-01-lapsus' }],
  ['archives alone', { tenant: null, scopeId: 'standing' }],
  ['a tenant that is called null', { tenant: 'null', scopeId: 'standing' }],
])('%s has another key', (_title, of) => {
  expect(deriveMarkerKey(of)).toMatch(/^[0-9a-f]{16}$/);
  expect(deriveMarkerKey(of)).not.toBe(key);
});

test('the case of a host makes no other key', () => {
  expect(deriveMarkerKey({ tenant: 'ACME.example.com', scopeId: 'standing' })).toBe(key);
});

test.each([
  ['an empty body', ''],
  ['no marker', '# Title'],
  ['a marker further down', `# Title\n${marker}`],
  ['a marker behind a blank', ` ${marker}`],
  ['a marker in a quotation', `> ${marker}`],
  ['another program’s marker', marker.replace('okta-tenant-audit', 'other')],
  ['a key that is no key', marker.replace(key, 'zzzz')],
])('%s is none', (_title, body) => {
  expect(findMarker(body)).toEqual({ kind: 'none' });
});

test.each([
  ['that was cut off', marker.slice(0, -6)],
  ['whose memory was edited', marker.replace('m1.', 'm1 <b>')],
])('a marker %s still names its issue', (_title, body) => {
  expect(findMarker(body)).toEqual({ kind: 'marker', key, memory: null });
});

test('an earlier version is read', () => {
  expect(findMarker(marker.replace(':v1', ':v0'))).toMatchObject({ kind: 'marker', key });
});

test('a later version is known as one', () => {
  expect(findMarker(marker.replace(':v1', ':v2'))).toEqual({ kind: 'newer', key, version: 2 });
});
