import type { Principal } from './check-access.ts';
import { FORBIDDEN } from './check-access.ts';
import { type Answer, oktaError } from './simulator-answer.ts';

export interface SimulatedCase {
  readonly caseNumber: string;
  readonly subject: string;
  readonly impersonation: { readonly status: string; readonly expiration: string | null };
  readonly selfAssigned: { readonly status: string };
}

/** What an administrator has set under Okta Support access. */
export interface SupportSetting {
  readonly support: 'ENABLED' | 'DISABLED';
  readonly expiration: string | null;
  readonly caseNumber: string | null;
  readonly cases: readonly SimulatedCase[];
  /** Okta describes an object and shows a bare array; both come. */
  readonly casesShape: 'object' | 'array';
}

export const SUPPORT_DISABLED: SupportSetting = {
  support: 'DISABLED',
  expiration: null,
  caseNumber: null,
  cases: [],
  casesShape: 'object',
};

/** `GET /api/v1/org/privacy/oktaSupport`: for super administrators alone. */
export function answerSupport(
  setting: SupportSetting,
  { principal, origin }: { readonly principal: Principal; readonly origin: string },
): Answer {
  if (principal.role !== 'SUPER_ADMIN') return oktaError(403, 'E0000006', FORBIDDEN);
  const { support, expiration, caseNumber } = setting;
  const cases = {
    href: `${origin}/api/v1/org/privacy/oktaSupport/cases`,
    hints: { allow: ['GET'] },
  };
  return { status: 200, headers: {}, body: { support, expiration, caseNumber, _links: { cases } } };
}

/** `GET /api/v1/org/privacy/oktaSupport/cases`: for whoever may see the cases. */
export function answerSupportCases(
  setting: SupportSetting,
  { principal }: { readonly principal: Principal },
): Answer {
  if (principal.role !== 'SUPER_ADMIN' && !principal.managesSupportCases) {
    return oktaError(403, 'E0000006', FORBIDDEN);
  }
  const { cases, casesShape } = setting;
  return {
    status: 200,
    headers: {},
    body: casesShape === 'array' ? cases : { supportCases: cases },
  };
}
