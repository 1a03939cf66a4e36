import { expect, it } from 'vitest';
import { findRealLookingData } from './find-real-looking-data.ts';

it.each([
  ['an address', 'ipAddress: 8.8.8.8', ['8.8.8.8']],
  ['an IPv6 address', 'ipAddress: 2606:4700::1111', ['2606:4700::1111']],
  ['a private address', 'ip: 10.0.0.1', ['10.0.0.1']],
  ['a mail address', 'alternateId: jo@acme.io', ['jo@acme.io']],
  ['a link', 'url: https://acme.okta.com/app', ['https://acme.okta.com']],
  ['a network', 'asNumber: 13335', ['asNumber: 13335']],
])('finds %s', (_, text, found) => {
  expect(findRealLookingData(text)).toEqual(found);
});

it.each([
  'ipAddress: 203.0.113.7',
  'ipAddress: 2001:db8::7',
  'alternateId: alice@example.com',
  'alternateId: system@okta.com',
  'asNumber: 64500',
  'published: 2026-03-02T09:00:00.000Z',
  'rawUserAgent: python-requests/2.31',
  'rawUserAgent: Mozilla/5.0 (X11; Linux x86_64) Chrome/120.0.0.0',
])('allows %s', (text) => {
  expect(findRealLookingData(text)).toEqual([]);
});
