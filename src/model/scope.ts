import type { Circumstance } from './match.ts';
import type { Confidence, Role } from './severity.ts';
import type { TimeWindow } from './time-window.ts';

/** What a finding of this check means to the scope's question. */
export interface ScopeCheck {
  readonly id: string;
  readonly role: Role;
  /** Another role where a match has one of these circumstances; the first that holds wins. */
  readonly instead: readonly { readonly when: Circumstance; readonly role: Role }[];
  /** A hole in a required check costs the run's coverage. */
  readonly required: boolean;
}

/** A fixed stretch that the question is about, inside a wider one that is read as well. */
export interface FixedWindow {
  readonly kind: 'fixed';
  readonly core: TimeWindow;
  /** Why exactly that stretch, as the reader is told; empty where nobody says. */
  readonly coreReason: string;
  readonly review: TimeWindow;
  readonly reviewReason: string;
}

/** The last days before now. */
interface RollingWindow {
  readonly kind: 'rolling';
  readonly days: number;
}

export const INDICATOR_KINDS = ['address', 'asn', 'user-agent', 'account', 'url'] as const;
export type IndicatorKind = (typeof INDICATOR_KINDS)[number];

/** Something that a publisher saw the attacker use. */
export interface Indicator {
  readonly kind: IndicatorKind;
  readonly value: string;
  readonly strength: 'strong' | 'weak';
  readonly source: string;
}

export interface Reference {
  readonly title: string;
  readonly url: string;
}

/** What is asked: the standing question of every night, or one incident. Both have the same form. */
export interface Scope {
  readonly id: string;
  readonly title: string;
  /** One paragraph for the person who reads the answer. */
  readonly summary: string;
  readonly window: FixedWindow | RollingWindow;
  readonly checks: readonly ScopeCheck[];
  readonly indicators: readonly Indicator[];
  readonly assessable: boolean;
  /** What no Okta log of that time records, each one sentence. */
  readonly cannotTell: readonly string[];
  readonly references: readonly Reference[];
  /** Whose tenants could be touched; null for the standing scope. */
  readonly exposed: string | null;
  /** How sure the published facts about the incident are; null for the standing scope. */
  readonly confidence: Confidence | null;
}
