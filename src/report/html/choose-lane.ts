import type { Lane } from './page-document.ts';

const CHANGES = [
  'user.account.reset_password',
  'user.account.update_password',
  'user.account.expire_password',
  'user.account.unlock',
  'user.mfa.',
  'system.mfa.',
  'user.credential.',
];
const SIGN_INS = ['user.session.start', 'user.authentication.', 'user.session.access_admin_app'];
const SUPPORT = ['user.session.impersonation.', 'support.org.', 'system.directory.debugger.'];

/** The row of the timeline that an event belongs to. */
export function chooseLane(eventType: string): Lane {
  const known = lanes.get(eventType);
  if (known !== undefined) return known;
  const lane = findLane(eventType);
  lanes.set(eventType, lane);
  return lane;
}

/** Okta has about a thousand event types; a report shows a few of them thousands of times. */
const lanes = new Map<string, Lane>();

function findLane(eventType: string): Lane {
  if (SUPPORT.some((start) => eventType.startsWith(start))) return 'support';
  if (CHANGES.some((start) => eventType.startsWith(start))) return 'changes';
  return SIGN_INS.some((start) => eventType.startsWith(start)) ? 'sign-ins' : 'other';
}
