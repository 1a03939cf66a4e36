import { describe, expect, it } from 'vitest';
import {
  ALL_EVENT_TYPES,
  type EventTypeSet,
  exactEventTypes,
  type Narrowing,
} from '../../src/model/event-type-set.ts';
import { isTooCommon } from '../../src/model/is-too-common.ts';

function narrowed(eventType: string, narrowing: Narrowing): EventTypeSet {
  return { kind: 'some', terms: [{ match: 'exact', eventType, narrowings: [narrowing] }] };
}

function prefix(eventType: string): EventTypeSet {
  return { kind: 'some', terms: [{ match: 'prefix', eventType, narrowings: [] }] };
}

describe('isTooCommon', () => {
  it.each<[string, EventTypeSet, boolean]>([
    ['everything', ALL_EVENT_TYPES, true],
    ['every sign-in', exactEventTypes(['user.session.start']), true],
    [
      'one common type among rare ones',
      exactEventTypes(['zone.delete', 'user.authentication.sso']),
      true,
    ],
    ['a prefix that holds a common type', prefix('user.session.'), true],
    ['a prefix of a common type', prefix('user.authentication.auth_via_'), true],
    [
      'failed sign-ins',
      narrowed('user.session.start', { field: 'outcome.result', values: ['FAILURE'] }),
      true,
    ],
    [
      'sign-ins through a proxy',
      narrowed('user.session.start', { field: 'securityContext.isProxy', values: ['true'] }),
      false,
    ],
    ['support access', prefix('user.session.impersonation.'), false],
    [
      'changes to OAuth clients',
      exactEventTypes(['app.oauth2.credentials.lifecycle.create']),
      false,
    ],
    ['granted tokens', exactEventTypes(['app.oauth2.as.token.grant.access_token']), true],
    [
      'credential changes',
      exactEventTypes(['user.account.reset_password', 'user.mfa.factor.reset_all']),
      false,
    ],
  ])('says of %s: %s', (_name, eventTypes, expected) => {
    expect(isTooCommon(eventTypes)).toBe(expected);
  });
});
