import { expect, test } from 'vitest';
import { wordAskWhom } from '../../src/judgement/findings/ask-whom.ts';
import type { Askable } from '../../src/model/askable.ts';
import type { Party } from '../../src/model/log-event.ts';
import type { Attribution } from '../../src/model/match.ts';

const dana: Party = { id: '00u1', type: 'User', login: 'dana@example.com', name: 'Dana' };
const lee: Party = { id: '00u2', type: 'User', login: 'lee@example.com', name: 'Lee' };
const system: Party = {
  id: '00u3',
  type: 'SystemPrincipal',
  login: 'system@okta.com',
  name: 'Okta System',
};
const app: Party = { id: '0oa1', type: 'PublicClientApp', login: '0oa1', name: 'terraform' };
const unknown: Party = { id: 'unknown', type: 'User', login: 'hunter2', name: 'unknown' };
const token: Party = { id: '00T1', type: 'Token', login: 'ci', name: 'ci' };
const NOBODY = 'the administrators of the tenant whether they know of this';

test.each<[Askable, Party | null, Party | null, Attribution | null, string]>([
  ['actor', dana, lee, null, 'dana@example.com whether they did this, and why'],
  ['target', dana, lee, null, 'lee@example.com whether they expected this'],
  ['administrators', dana, lee, null, NOBODY],
  [
    'actor',
    dana,
    null,
    'api-token',
    "the owner of dana@example.com's API token what it did and why",
  ],
  [
    'actor',
    dana,
    lee,
    'support-impersonation',
    'Okta Support what was done in its session, and why',
  ],
  ['target', dana, lee, 'support-impersonation', 'lee@example.com whether they expected this'],
  ['actor', app, null, null, 'the owner of terraform what it did and why'],
  ['actor', system, lee, null, 'lee@example.com whether they expected this'],
  ['actor', unknown, lee, null, 'lee@example.com whether they expected this'],
  ['actor', unknown, null, null, NOBODY],
  ['target', dana, unknown, null, 'dana@example.com whether they did this, and why'],
  ['target', dana, token, null, 'dana@example.com whether they did this, and why'],
  ['target', system, null, null, NOBODY],
  ['actor', null, null, null, NOBODY],
])('%s of %j and %j, %s: %s', (ask, actor, target, attribution, words) => {
  expect(wordAskWhom({ ask, actor, target, attribution })).toBe(words);
});
