import { isRecord } from '../../../model/log-event.ts';
import type { SupportCase } from '../../../model/support-access.ts';

/** The org-wide setting as `GET /api/v1/org/privacy/oktaSupport` gives it. */
export interface SupportSetting {
  /** ENABLED, DISABLED, or what Okta adds later. */
  readonly support: string;
  readonly expiresAtMs: number | null;
  /** The case that it was set for; null where none is named. */
  readonly caseNumber: string | null;
}

/** Null for anything that is no such setting. */
export function parseSupportSetting(body: unknown): SupportSetting | null {
  if (!isRecord(body) || typeof body['support'] !== 'string') return null;
  return {
    support: body['support'],
    expiresAtMs: toInstant(body['expiration']),
    caseNumber: toText(body['caseNumber']),
  };
}

/**
 * Reads `GET .../oktaSupport/cases`, an object by Okta's description and a bare array by its example; null for
 * anything else.
 * Source: https://developer.okta.com/docs/api/openapi/okta-management/management/tag/OrgSettingSupport/
 */
export function parseSupportCases(body: unknown, nowMs: number): SupportCase[] | null {
  const list = isRecord(body) ? body['supportCases'] : body;
  if (isRecord(body) && Object.keys(body).length === 0) return [];
  if (!Array.isArray(list) || !list.every(isRecord)) return null;
  return list.map((entry) => parseCase(entry, nowMs));
}

function parseCase(entry: Record<string, unknown>, nowMs: number): SupportCase {
  const impersonation = isRecord(entry['impersonation']) ? entry['impersonation'] : {};
  const selfAssigned = isRecord(entry['selfAssigned']) ? entry['selfAssigned'] : {};
  const status = toText(impersonation['status']);
  const expiresAtMs = toInstant(impersonation['expiration']);
  const isImpersonable = status === 'ENABLED' && !hasPassed(expiresAtMs, nowMs);
  return {
    caseNumber: toText(entry['caseNumber']) ?? 'unknown',
    subject: toText(entry['subject']),
    impersonation: status,
    impersonationExpiresAtMs: expiresAtMs,
    selfAssigned: toText(selfAssigned['status']),
    isOpen: isImpersonable || selfAssigned['status'] === 'APPROVED',
  };
}

/** Without an expiration nothing says that access has ended. */
export function hasPassed(expiresAtMs: number | null, nowMs: number): boolean {
  return expiresAtMs !== null && expiresAtMs <= nowMs;
}

function toText(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function toInstant(value: unknown): number | null {
  const instantMs = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(instantMs) ? null : instantMs;
}
