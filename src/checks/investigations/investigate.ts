import type { Focus } from '../../model/audit-plan.ts';
import { ALL_EVENT_TYPES } from '../../model/event-type-set.ts';
import type { Investigations } from '../../model/judged-audit.ts';
import type { Listener } from '../../model/listener.ts';
import type { LogEvent } from '../../model/log-event.ts';
import type { TimeWindow } from '../../model/time-window.ts';
import { createShareText } from '../share-text.ts';
import { beginChangeCollector } from './collect-changes.ts';
import { beginSubject, type Subject } from './investigate-subject.ts';

/** Hears everything that is read, but asks for nothing by itself: see `needFocus`. */
export interface Investigator extends Listener {
  /** Adds subjects before a follow-up read; of them only what comes from now on is seen. */
  watch(focus: readonly Focus[]): void;
  finish(): Investigations;
}

/**
 * Begins the investigations that a responder runs by hand: credential changes in the window; and of each user,
 * session or address asked about, everything that is read, also before and after the window.
 */
export function beginInvestigations({
  focus,
  window,
  changesOf = 'everybody',
}: {
  readonly focus: readonly Focus[];
  readonly window: TimeWindow;
  /** Whose credential changes: everybody's, or those among the events of the focus. */
  readonly changesOf?: 'everybody' | 'focus';
}): Investigator {
  const share = createShareText();
  const subjects = new Map<string, Subject>();
  const isOfFocus = (event: LogEvent): boolean =>
    [...subjects.values()].some((subject) => subject.concerns(event));
  const isWanted = changesOf === 'everybody' ? () => true : isOfFocus;
  const changes = beginChangeCollector({ window, isWanted, share });
  function watch(more: readonly Focus[]): void {
    for (const each of more) {
      const key = `${each.kind}:${each.kind === 'user' ? each.value.toLowerCase() : each.value}`;
      if (!subjects.has(key)) subjects.set(key, beginSubject(each, share));
    }
  }
  watch(focus);
  return {
    eventTypes: ALL_EVENT_TYPES,
    watch,
    accept(event: LogEvent) {
      changes.accept(event);
      for (const subject of subjects.values()) subject.accept(event);
    },
    finish: () => ({
      credentialChanges: changes.finish(),
      users: finishKind(subjects, 'user'),
      sessions: finishKind(subjects, 'session'),
      networks: finishKind(subjects, 'ip'),
    }),
  };
}

function finishKind(subjects: ReadonlyMap<string, Subject>, kind: Focus['kind']) {
  return [...subjects.values()]
    .filter((subject) => subject.focus.kind === kind)
    .map((subject) => subject.finish());
}
