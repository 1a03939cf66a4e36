import { expect, it } from 'vitest';
import { readOrigin } from '../../src/checks/read-origin.ts';
import { readEvent } from '../../src/sources/archive/formats/read-event.ts';
import { BERLIN_OFFICE, person, signIn } from '../simulators/okta/build-event.ts';

const RECORD = signIn({ user: person('dana@acme.example'), at: 0, place: BERLIN_OFFICE });

function readWith(part: string, fields: Readonly<Record<string, unknown>>) {
  const event = readEvent({ ...RECORD, [part]: { ...(RECORD[part] as object), ...fields } });
  return event === null ? null : readOrigin(event);
}

it.each<[unknown, boolean]>([
  ...[true, 'true', 'TRUE', 1, '1', '1.0', 't', 'T', 'Y', ' yes '].map(
    (flag): [unknown, boolean] => [flag, true],
  ),
  ...[false, 'false', 'False', 0, '0', 'f', 'N', 'no', null, undefined, 2, 'maybe'].map(
    (flag): [unknown, boolean] => [flag, false],
  ),
])('a proxy whose flag is %j: %s', (isProxy, told) => {
  expect(readWith('securityContext', { isProxy })?.isProxy).toBe(told);
});

it.each<[unknown, string | null]>([
  [64_496, '64496'],
  ['64496', '64496'],
  ['64,496', '64496'],
  ['64496.0', '64496'],
  ['6.4496E4', '64496'],
  ['AS64496', '64496'],
  ['4,200,000,001', '4200000001'],
  ['64,49', '64,49'],
  ['example networks', 'example networks'],
  [null, null],
])('a network whose number is %j: %s', (asNumber, told) => {
  expect(readWith('securityContext', { asNumber })?.asn).toBe(told);
});

it.each([
  ['192.0.2.10', '192.0.2.10'],
  ['192.0.2.10/32', '192.0.2.10'],
  [' 192.0.2.10 ', '192.0.2.10'],
  ['2001:db8::7/128', '2001:db8::7'],
  ['192.0.2.0/24', '192.0.2.0/24'],
  ['somewhere else', 'somewhere else'],
])('an address that is written %j: %s', (ipAddress, told) => {
  expect(readWith('client', { ipAddress })?.address).toBe(told);
});

it('a record that Okta wrote is left as it is', () => {
  expect(readEvent(RECORD)?.raw).toBe(RECORD);
});
