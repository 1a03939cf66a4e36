import { describe, expect, it } from 'vitest';
import { createTextHider, listTypedTextsIn } from '../../src/model/hide-typed-texts.ts';
import { parseLogEvent } from '../../src/model/log-event.ts';

function knock(login: string) {
  const event = parseLogEvent({
    uuid: login,
    published: '2026-11-20T10:00:00.000Z',
    eventType: 'user.session.start',
    actor: { id: 'unknown', type: 'User', alternateId: login, displayName: 'unknown' },
    client: {
      ipAddress: '203.0.113.9',
      userAgent: { rawUserAgent: 'curl/8.1' },
      geographicalContext: { city: 'Lisbon', country: 'Portugal' },
    },
    outcome: { result: 'FAILURE', reason: 'VERIFICATION_ERROR' },
    target: [{ id: '00u1', type: 'User', alternateId: 'dana@acme.example', displayName: 'Dana' }],
  });
  if (event === null) throw new Error('no event');
  return event;
}

describe('what somebody typed', () => {
  it.each([
    ['hunter2', 'Sign-in as Hunter2.', 'Sign-in as (unknown login, 7 characters).'],
    ['hunter2', 'login=hunter2&x', 'login=(unknown login, 7 characters)&x'],
    ['my "secret"', 'by MY \\"SECRET\\"', 'by (unknown login, 11 characters)'],
    ['\u0130stanbul-1', 'at \u0130STANBUL-1', 'at (unknown login, 10 characters)'],
    ['swordfish', 'swordfish', '(unknown login, 9 characters)'],
    [
      'swordfish',
      '/active?username=swordfish&x',
      '/active?username=(unknown login, 9 characters)&x',
    ],
    ['hunter2 ', '?u=hunter2&x', '?u=(unknown login, 8 characters)&x'],
    [' pass\n\tword-1 ', '"pass word-1"', '"(unknown login, 14 characters)"'],
    ['P@ss w0rd!', '?login_hint=P%40ss%20w0rd!&x', '?login_hint=(unknown login, 10 characters)&x'],
    ['P@ss w0rd!', '?login_hint=p%40ss+w0rd!&x', '?login_hint=(unknown login, 10 characters)&x'],
    ['hunter2\ud800', '?u=hunter2%EF%BF%BD', '?u=(unknown login, 8 characters)'],
    ['hunter2', 'hunter21', 'hunter21'],
    ['dana-1', 'dana-1@acme.example', 'dana-1@acme.example'],
  ])('%s: %s becomes %s', (typed, text, hidden) => {
    const hide = createTextHider([typed]);
    expect(hide(text)).toBe(hidden);
    expect(hide(hide(text))).toBe(hidden);
  });

  it('takes no word out of a sentence of ours', () => {
    const typed = ['user', 'client', 'from', 'Password', 'the', 'login', 'unknown', 'characters'];
    const hide = createTextHider([...typed, 'hunter2']);
    const step = "Compare client.userAgent from the sign-in: that user's password is known.";
    expect(hide(step)).toBe(step);
    expect(hide(hide('by hunter2'))).toBe('by (unknown login, 7 characters)');
  });

  it('takes off nothing that the events say openly', () => {
    const open = [
      '203.0.113.9',
      'CURL/8.1',
      'lisbon',
      'user.session.start',
      'dana@acme.example',
      'Dana',
      ' 203.0.113.9 ',
    ];
    const events = [...open, 'hunter2'].map(knock);
    expect(listTypedTextsIn(events)).toEqual(['hunter2']);
  });

  it('may be a hundred thousand names, and of any length', () => {
    const typed = Array.from({ length: 100_000 }, (_, index) => `user${index}@acme.example`);
    const hide = createTextHider([...typed, 'x'.repeat(1_000_000)]);
    const line = 'user99999@acme.example and user7@acme.example, x '.repeat(200);
    expect(hide(line)).not.toContain('@');
  });
});
