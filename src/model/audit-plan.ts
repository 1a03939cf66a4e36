import type { Severity } from './severity.ts';
import type { Tuning } from './tuning.ts';

export type OktaCredentials =
  | {
      readonly kind: 'service-app';
      readonly clientId: string;
      /** PEM with real line breaks, or a JWK as JSON. */
      readonly privateKey: string;
      readonly keyId: string | null;
    }
  | { readonly kind: 'api-token'; readonly token: string };

export interface OktaAccess {
  /** Origin alone, such as `https://acme.okta.com`. */
  readonly orgUrl: string;
  readonly credentials: OktaCredentials;
}

/** The host of the org, by which reports and the issue know a tenant; null for archives alone. */
export function nameTenant(okta: OktaAccess | null): string | null {
  return okta === null ? null : new URL(okta.orgUrl).host;
}

export interface Repository {
  readonly owner: string;
  readonly name: string;
}

export interface IssuePlan {
  readonly token: string;
  readonly repository: Repository;
  readonly labels: readonly string[];
  readonly assignees: readonly string[];
  /** Logins and `org/team` names without the at sign. */
  readonly mentions: readonly string[];
}

export type Focus =
  | { readonly kind: 'user'; readonly value: string }
  | { readonly kind: 'session'; readonly value: string }
  | { readonly kind: 'ip'; readonly value: string };

/** The times that the user gave; null where none was given. */
export interface TimesGiven {
  readonly lookbackDays: number | null;
  readonly sinceMs: number | null;
  readonly untilMs: number | null;
}

/** Everything that was asked for, validated: what the faces hand to `runAudit`. */
export interface AuditPlan {
  /** Read once; every other time follows from it. */
  readonly nowMs: number;
  readonly okta: OktaAccess | null;
  readonly times: TimesGiven;
  /** Id from the catalogue or path of an incident file; null for the standing question. */
  readonly incident: string | null;
  /** Paths and globs as they were written, relative to the working directory. */
  readonly archives: readonly string[];
  readonly pull: 'targeted' | 'full';
  readonly focus: readonly Focus[];
  /** Paths and globs as they were written, relative to the working directory. */
  readonly rules: readonly string[];
  readonly tuning: Tuning;
  readonly config: { readonly path: string; readonly sha256: string } | null;
  readonly minimumSeverity: Severity;
  readonly publish: 'issue' | 'none';
  /** Null where no GitHub token is at hand, as on a terminal. */
  readonly issue: IssuePlan | null;
  readonly allowPublicRepository: boolean;
  /** Absolute. */
  readonly reportDirectory: string;
  readonly failOn: Severity | 'never';
  readonly failOnIncomplete: boolean;
}
