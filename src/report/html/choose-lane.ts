import { rememberAnswers } from '../../model/remember-answers.ts';
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
export const chooseLane: (eventType: string) => Lane = rememberAnswers(findLane);

function findLane(eventType: string): Lane {
  if (SUPPORT.some((start) => eventType.startsWith(start))) return 'support';
  if (CHANGES.some((start) => eventType.startsWith(start))) return 'changes';
  return SIGN_INS.some((start) => eventType.startsWith(start)) ? 'sign-ins' : 'other';
}
