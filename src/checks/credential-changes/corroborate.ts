import type { CheckNeeds, ReadingExtent } from '../../model/check.ts';
import { exactEventTypes, uniteEventTypes } from '../../model/event-type-set.ts';
import type { Listener } from '../../model/listener.ts';
import type { Match } from '../../model/match.ts';
import type { Tuning } from '../../model/tuning.ts';
import { createAddressMatcher } from '../address-matcher.ts';
import {
  IMPERSONATION_TYPES,
  type ImpersonationRecord,
  readImpersonation,
} from '../support-access/impersonation-record.ts';
import { beginSupportActions, SUPPORT_ACTION_TYPES } from '../support-access/support-actions.ts';
import { indexSupportSessions } from '../support-access/support-sessions.ts';
import { SUPPORT_LOOK_BACK_MS } from '../support-access/support-timeline.ts';
import { ADMIN_USUAL_TYPES, beginAdminUsual } from './admin-usual.ts';
import { corroborateMatch } from './corroborate-match.ts';
import { beginEnrolmentWatch, ENROLMENT_WATCH_TYPES, RE_ENROLMENT_MS } from './enrolment-watch.ts';
import { beginHabits, HABIT_TYPES, HIDDEN_SIGN_INS } from './habits.ts';
import { beginNewcomers, NEWCOMER_TYPES } from './newcomers.ts';
import { beginPrivilegeMemory, PRIVILEGE_MEMORY_TYPES } from './privilege-memory.ts';
import { beginTokenHabits, TOKEN_USE_TYPES } from './token-habits.ts';

const AROUND = {
  lookBackMs: SUPPORT_LOOK_BACK_MS,
  lookAheadMs: RE_ENROLMENT_MS,
  fields: [],
};

const NEEDS: readonly CheckNeeds[] = [
  {
    ...AROUND,
    eventTypes: exactEventTypes([
      ...IMPERSONATION_TYPES,
      ...SUPPORT_ACTION_TYPES,
      ...ENROLMENT_WATCH_TYPES,
      ...PRIVILEGE_MEMORY_TYPES,
      ...ADMIN_USUAL_TYPES,
      ...HABIT_TYPES,
      ...TOKEN_USE_TYPES,
      ...NEWCOMER_TYPES,
    ]),
  },
  { ...AROUND, eventTypes: HIDDEN_SIGN_INS, onlyInFullPull: true },
];

export interface Corroboration extends Listener {
  /** What has to be read for it. */
  readonly needs: readonly CheckNeeds[];
  /** Gives the matches with what the events around them add. Called when every event was offered; may be called again. */
  corroborate(matches: readonly Match[], known?: Known): Match[];
}

/** What is known beside the events. */
export interface Known {
  readonly reading?: ReadingExtent;
  /** Since when somebody is asked about such matches; without it habits count whenever they began. */
  readonly watchedSinceMs?: number;
}

/**
 * Adds to the matches of any check who caused the change and under which circumstances, from the events around them.
 * It keeps small extracts of support access, support actions, enrolments, privilege grants, credential changes, what is
 * done again and again, where API tokens are used, and whose account is young.
 */
export function beginCorroboration({
  tuning,
  nowMs,
}: {
  readonly tuning: Tuning;
  readonly nowMs: number;
}): Corroboration {
  const ownNetworks = createAddressMatcher(tuning.ownNetworks);
  const records: ImpersonationRecord[] = [];
  const supportActions = beginSupportActions();
  const privileges = beginPrivilegeMemory();
  const enrolments = beginEnrolmentWatch({ nowMs });
  const adminUsual = beginAdminUsual(ownNetworks);
  const habits = beginHabits(ownNetworks);
  const tokenHabits = beginTokenHabits(ownNetworks);
  const newcomers = beginNewcomers();
  return {
    eventTypes: uniteEventTypes(NEEDS.map(({ eventTypes }) => eventTypes)),
    needs: NEEDS,
    accept(event) {
      const record = readImpersonation(event);
      if (record !== null) records.push(record);
      supportActions.accept(event);
      privileges.accept(event);
      enrolments.accept(event);
      adminUsual.accept(event);
      habits.accept(event);
      tokenHabits.accept(event);
      newcomers.accept(event);
    },
    corroborate(matches, { reading, watchedSinceMs = Number.NEGATIVE_INFINITY } = {}) {
      const sessions = indexSupportSessions(records);
      const context = {
        tuning,
        ownNetworks,
        sessions,
        supportActions,
        privileges,
        enrolments,
        adminUsual,
        habits,
        tokenHabits,
        newcomers,
        reading,
        watchedSinceMs,
      };
      return matches.map((match) => corroborateMatch(match, context));
    },
  };
}
