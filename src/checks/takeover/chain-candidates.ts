import type { LogEvent } from '../../model/log-event.ts';
import { type TimeWindow, uniteWindows } from '../../model/time-window.ts';
import { keyOf } from '../name-party.ts';
import { createTimesByKey } from '../times-by-key.ts';
import {
  CHAIN_SPAN_MS,
  type ChainStep,
  isChange,
  isNewFactor,
  readChainPerson,
  readChainStep,
} from './chain-steps.ts';

/** Somebody whose credentials were changed and who then got a new factor or used power. */
export interface ChainCandidate {
  readonly person: string;
  /** Okta's id, or null where only the login is known. */
  readonly id: string | null;
  /** From each change that began something to the end of its span. */
  readonly windows: readonly TimeWindow[];
}

export interface ChainCandidates {
  accept(event: LogEvent): void;
  list(): ChainCandidate[];
}

interface Person {
  readonly id: string | null;
  readonly changes: number[];
}

/** Picks, from changes, enrolments and acts of power alone, the few people whose sign-ins are worth reading. */
export function beginChainCandidates(): ChainCandidates {
  const people = new Map<string, Person>();
  const aftermath = createTimesByKey();
  return {
    accept(event) {
      const step = readChainStep(event);
      const party = step === null ? null : readChainPerson(event, step);
      const person = keyOf(party);
      if (step === null || party === null || person === null) return;
      if (isAftermath(step)) aftermath.add(person, event.publishedMs);
      if (!isChange(step)) return;
      const known = people.get(person);
      if (known === undefined) {
        people.set(person, { id: party.id, changes: [event.publishedMs] });
      } else known.changes.push(event.publishedMs);
    },
    list: () =>
      [...people].flatMap(([person, { id, changes }]) => {
        const windows = changes
          .filter((atMs) => aftermath.findFirst(person, atMs, atMs + CHAIN_SPAN_MS) !== null)
          .map((atMs) => ({ sinceMs: atMs, untilMs: atMs + CHAIN_SPAN_MS + 1 }));
        return windows.length === 0 ? [] : [{ person, id, windows: uniteWindows(windows) }];
      }),
  };
}

function isAftermath(step: ChainStep): boolean {
  return isNewFactor(step) || step === 'power';
}
