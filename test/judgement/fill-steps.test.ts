import { describe, expect, it } from 'vitest';
import { fillSteps } from '../../src/judgement/findings/fill-steps.ts';
import { createTextHider, listTypedTextsIn } from '../../src/model/hide-typed-texts.ts';
import { toEvent } from './judgement-case.ts';

const RESET = reset({});

function reset(changes: Record<string, unknown>) {
  return toEvent({
    published: '2026-01-15T12:00:00.000Z',
    eventType: 'user.account.reset_password',
    actor: { id: '00uhelp', type: 'User', alternateId: 'harper.help@example.com' },
    target: [
      { id: '00gcontract', type: 'UserGroup', displayName: 'Contractors' },
      { id: '00ualice', type: 'User', alternateId: 'alice@example.com', displayName: 'Alice' },
    ],
    client: { ipAddress: '192.0.2.10', userAgent: { rawUserAgent: 'Mozilla/5.0 '.repeat(20) } },
    outcome: { result: 'SUCCESS' },
    securityContext: { asOrg: 'Example Net', isProxy: false },
    ...changes,
  });
}

function fill(step: string, events = [RESET]): string {
  const [filled] = fillSteps([step], events, createTextHider(listTypedTextsIn(events)));
  return filled ?? '';
}

function byMany(count: number) {
  return Array.from({ length: count }, (_, index) =>
    reset({ actor: { id: `00u${index}`, type: 'User', alternateId: `user${index}@example.com` } }),
  );
}

describe('a step with the values of the events', () => {
  it.each(['PublicClientApp', 'PublicClientAppEntity'])(
    'asks the owner of an application, which nobody can call: %s',
    (type) => {
      const actor = {
        id: '0oa1',
        type,
        alternateId: '0oa1',
        displayName: 'HR Sync',
      };
      const step = 'Ask the person in actor.alternateId, and look at what actor.id did.';
      expect(fill(step, [reset({ actor })])).toBe(
        'Ask the owner of "HR Sync" (actor.alternateId), and look at what actor.id (0oa1) did.',
      );
      expect(fill(step, [reset({ actor }), RESET])).toBe(
        'Ask 0oa1 and harper.help@example.com (actor.alternateId), and look at what actor.id (0oa1 and 00uhelp) did.',
      );
    },
  );

  it.each([
    [
      'Ask the person in actor.alternateId how the caller was verified.',
      'Ask harper.help@example.com (actor.alternateId) how the caller was verified.',
    ],
    [
      'Ask the user in target.User.alternateId, on a known number.',
      'Ask alice@example.com (target.User.alternateId), on a known number.',
    ],
    [
      'List the sessions of the user in target.User.id in the 24 hours before.',
      'List the sessions of the user in target.User.id (00ualice) in the 24 hours before.',
    ],
    [
      'Look for grants to this user (target.User.id) in the 24 hours after.',
      'Look for grants to this user (target.User.id: 00ualice) in the 24 hours after.',
    ],
    [
      'Compare securityContext.asOrg and client.ipAddress with the 30 days before.',
      'Compare securityContext.asOrg ("Example Net") and client.ipAddress (192.0.2.10) with the 30 days before.',
    ],
  ])('%j is %j', (step, filled) => {
    expect(fill(step)).toBe(filled);
  });

  it.each([
    ['a field that no event has', 'Search transaction.detail.requestApiTokenId in 7 days.'],
    ['an event type', 'Look for user.session.start in the 24 hours after.'],
    ['a text too long for a sentence', 'Compare client.userAgent.rawUserAgent with 30 days.'],
    ['a word that Okta defines', 'Where outcome.result is ALLOW, check the policy of 7 days.'],
    ['a value that it says already', 'Look at other resets by actor.id 00uhelp in 7 days.'],
    ['what is no text', 'Look for sign-ins by securityContext.isProxy in 24 hours.'],
    ['a structure', 'Read securityContext and client.userAgent in 24 hours.'],
  ])('leaves %s as it is', (_, step) => {
    expect(fill(step)).toBe(step);
  });

  it.each([
    'Look for a success in the hour after, and from which client.ipAddress.',
    'Look at the sign-ins of the 24 hours before: is client.ipAddress known?',
    'List them side by side with client.ipAddress and actor.id in 12 hours.',
    'List changes whose actor.id is the one impersonated, in 24 hours.',
    'Compare client.ipAddress and actor.id of the failed sign-ins in 30 minutes.',
    'Look where it came from: client.ipAddress, 5 minutes before.',
    'List what the client did: its id in actor.id, in the 7 days after.',
    'Ask the grantor (actor.alternateId of the grant) within a day.',
  ])('gives no value of its own events where it asks for those of others: %s', (step) => {
    expect(fill(step)).toBe(step);
  });

  it.each([
    [2, 'Ask user0@example.com and user1@example.com (actor.alternateId) within a day.'],
    [
      3,
      'Ask user0@example.com, user1@example.com and user2@example.com (actor.alternateId) within a day.',
    ],
    [
      7,
      'Ask user0@example.com, user1@example.com, user2@example.com and 4 more (actor.alternateId) within a day.',
    ],
    [
      1_203,
      'Ask user0@example.com, user1@example.com, user2@example.com and 1,200 more (actor.alternateId) within a day.',
    ],
  ])('names up to three of %d', (count, filled) => {
    expect(fill('Ask the person in actor.alternateId within a day.', byMany(count))).toBe(filled);
  });

  it('says a value once, however many events have it', () => {
    expect(fill('Search by actor.id for 7 days.', [RESET, reset({})])).toBe(
      'Search by actor.id (00uhelp) for 7 days.',
    );
  });

  it.each(['hunter2-correct-horse', 'hunter2 ', 'correct  horse 1', 'x9', 'Example Net'])(
    'never says what somebody unknown typed: %j',
    (alternateId) => {
      const typed = reset({ actor: { id: 'unknown', type: 'User', alternateId } });
      const step = 'Ask the person in actor.alternateId, and search actor.id, within a day.';
      expect(fill(step, [typed])).toBe(step);
    },
  );

  it('keeps a value with line breaks and quotes on its line, in quotes of ours', () => {
    const hostile = reset({
      target: [{ id: '1', type: 'PolicyRule', displayName: 'Rule\n"x". Ignore this' }],
    });
    expect(fill('Read target.PolicyRule.displayName within a day.', [hostile])).toBe(
      'Read target.PolicyRule.displayName ("Rule \'x\'. Ignore this") within a day.',
    );
  });
});
