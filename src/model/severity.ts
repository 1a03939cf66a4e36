/** Impact if true, weakest first. */
export const SEVERITIES = ['informational', 'low', 'medium', 'high', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** How sure a check is that it saw what its title says, weakest first. */
export const CONFIDENCES = ['low', 'medium', 'high'] as const;
export type Confidence = (typeof CONFIDENCES)[number];

/** What a finding means to the question that is asked, weakest first. */
export const ROLES = ['context', 'review', 'evidence'] as const;
export type Role = (typeof ROLES)[number];

export function compareSeverity(one: Severity, other: Severity): number {
  return SEVERITIES.indexOf(one) - SEVERITIES.indexOf(other);
}

export function strongerSeverity(one: Severity, other: Severity): Severity {
  return compareSeverity(one, other) >= 0 ? one : other;
}

export function compareConfidence(one: Confidence, other: Confidence): number {
  return CONFIDENCES.indexOf(one) - CONFIDENCES.indexOf(other);
}

export function compareRole(one: Role, other: Role): number {
  return ROLES.indexOf(one) - ROLES.indexOf(other);
}

export function weakerRole(one: Role, other: Role): Role {
  return compareRole(one, other) <= 0 ? one : other;
}

export function strongerRole(one: Role, other: Role): Role {
  return compareRole(one, other) >= 0 ? one : other;
}
