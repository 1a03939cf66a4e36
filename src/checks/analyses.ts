import type { Check } from '../model/check.ts';
import type { Tuning } from '../model/tuning.ts';
import { createFactorNotEnrolledAgain } from './credential-changes/factor-not-enrolled-again.ts';
import { createImpossibleJourney } from './impossible-journey/impossible-journey.ts';
import { createJoinedAdministrators } from './joined-administrators.ts';
import { createLogTampering } from './log-tampering.ts';
import { createSessionMoved } from './session-moved.ts';
import { createOwnChangeBySupport } from './support-access/own-change-by-support.ts';
import { createSupportAccessOpen } from './support-access/support-access-open.ts';
import { createTakeoverChain } from './takeover/takeover-chain.ts';

export interface AnalysisSettings {
  readonly tuning: Tuning;
  readonly nowMs: number;
}

/** Every check that Sigma cannot express, one sorted line each. */
export function createAnalyses(settings: AnalysisSettings): Check[] {
  return [
    createFactorNotEnrolledAgain(settings),
    createImpossibleJourney(settings),
    createJoinedAdministrators(settings),
    createLogTampering(),
    createOwnChangeBySupport(),
    createSessionMoved(settings),
    createSupportAccessOpen(settings),
    createTakeoverChain(settings),
  ];
}
