import type { Check, CheckNeeds, CheckProfile, CheckRun } from '../../model/check.ts';
import { exactEventTypes } from '../../model/event-type-set.ts';
import { addToGroup, groupByKey } from '../../model/group-by-key.ts';
import {
  compareEvents,
  isAttempt,
  type LogEvent,
  readTargetUser,
  readText,
} from '../../model/log-event.ts';
import type { Attribution, Match } from '../../model/match.ts';
import { keyOf } from '../name-party.ts';
import { attributeChange } from './attribute-change.ts';
import { readChangeFamily } from './change-types.ts';
import { beginEnrolmentWatch, ENROLMENT_WATCH_TYPES, RE_ENROLMENT_MS } from './enrolment-watch.ts';
import { identifyOperation } from './identify-operation.ts';

const REMOVAL_TYPES = [
  'user.mfa.factor.deactivate',
  'user.mfa.factor.reset_all',
  'user.mfa.factor.suspend',
];

/** People tidy up their own factors, and jobs clean up after people; neither leaves somebody weaker unawares. */
const ROUTINE: readonly Attribution[] = ['self', 'automation'];

const PROFILE: CheckProfile = {
  id: 'factor-not-enrolled-again',
  kind: 'analysis',
  title: 'Factor removed and not enrolled again',
  description:
    'Somebody else removed a factor of this person, and no factor was enrolled for them within 12 hours. A replaced ' +
    'telephone is enrolled within minutes; what stays removed leaves the account with less protection than before. ' +
    'It is told by the person concerned, because one colleague removes and another enrols.',
  severity: 'medium',
  confidence: 'medium',
  techniques: ['T1556.006'],
  references: ['https://github.com/elastic/detection-rules/pull/3345'],
  falsePositives: [
    'Somebody on leave, a lost telephone that is not replaced yet, a factor type that is retired.',
  ],
  nextSteps: [
    'Ask the person in target.User.alternateId whether they can still sign in with a second factor, from the removal on.',
    'Look for user.session.start of this person (target.User.id) in the 24 hours after the removal.',
  ],
  ask: 'target',
};

const NEEDS: CheckNeeds = {
  eventTypes: exactEventTypes([...REMOVAL_TYPES, ...ENROLMENT_WATCH_TYPES]),
  lookBackMs: 0,
  lookAheadMs: RE_ENROLMENT_MS,
  fields: ['target', 'outcome.result'],
};

export function createFactorNotEnrolledAgain({ nowMs }: { readonly nowMs: number }): Check {
  return { ...PROFILE, needs: NEEDS, begin: () => beginRun(nowMs) };
}

/** Keeps removals only while no enrolment answers them, so that an ordinary day leaves nothing behind. */
function beginRun(nowMs: number): CheckRun {
  const enrolments = beginEnrolmentWatch({ nowMs });
  const openByPerson = new Map<string, LogEvent[]>();
  return {
    accept(event) {
      enrolments.accept(event);
      const person = keyOf(readTargetUser(event));
      if (person === null) return;
      if (isRemovalByOthers(event)) {
        if (!isAnswered(person, event)) addToGroup(openByPerson, person, event);
        return;
      }
      const open = openByPerson.get(person);
      if (open === undefined) return;
      const unanswered = open.filter((removal) => !isAnswered(person, removal));
      if (unanswered.length === 0) openByPerson.delete(person);
      else openByPerson.set(person, unanswered);
    },
    finish: (reading) =>
      [...openByPerson].flatMap(([person, removals]) =>
        toMatches(
          person,
          removals.filter(
            ({ publishedMs }) =>
              enrolments.findAftermath(person, publishedMs, reading).kind === 'nothing',
          ),
        ),
      ),
  };

  function isAnswered(person: string, removal: LogEvent): boolean {
    const { kind } = enrolments.findAftermath(person, removal.publishedMs);
    return kind === 'enrolled' || kind === 'left';
  }
}

function isRemovalByOthers(event: LogEvent): boolean {
  if (readChangeFamily(event.eventType) !== 'factor-removed' || isAttempt(event)) return false;
  if (readText(event, 'outcome.reason')?.includes('SECURITY_QUESTION') === true) return false;
  return !ROUTINE.includes(attributeChange(event).attribution);
}

/** One match for each operation: resetting one authenticator logs several events. */
function toMatches(person: string, removals: readonly LogEvent[]): Match[] {
  return [...groupByKey(removals, identifyOperation).values()].flatMap((events) => {
    const inOrder = [...events].sort(compareEvents);
    const [anchor] = inOrder;
    if (anchor === undefined) return [];
    return [
      {
        events: inOrder,
        anchor,
        group: [person],
        facts: { enrolledAgainAt: 'not within 12 hours' },
        circumstances: ['not-re-enrolled'],
        attribution: null,
      },
    ];
  });
}
