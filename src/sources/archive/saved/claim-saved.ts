import {
  ALL_EVENT_TYPES,
  coversEventTypes,
  type EventTypeSet,
  splitEventTypes,
} from '../../../model/event-type-set.ts';
import {
  type CoveredStretch,
  type FollowUp,
  hullOfRequest,
  type ReadRequest,
  type SourceHole,
} from '../../../model/reading.ts';
import { subtractWindows, type TimeWindow } from '../../../model/time-window.ts';
import type { FileReading } from '../coverage/file-reading.ts';
import type { ArchiveStatement } from './archive-statement.ts';

export interface SavedClaim {
  readonly covered: readonly CoveredStretch[];
  /** Where all drill-downs of the request that decide were answered. */
  readonly followed: readonly CoveredStretch[];
  readonly holes: readonly SourceHole[];
}

/** What archives vouch for that were saved from live pulls: what they state, and nothing that their events suggest. */
export function claimSaved(files: readonly FileReading[], request: ReadRequest): SavedClaim {
  if (files.length === 0) return { covered: [], followed: [], holes: [] };
  const distrusted = files.flatMap((file) => distrust(file, request));
  const statements = files
    .filter((file) => findFault(file) === null)
    .flatMap((file) => file.saved?.ended ?? []);
  const covered = statements.flatMap((statement) => statement.covered);
  const deciding = request.followUps.filter((one) => one.decidesSinceMs !== undefined);
  const lost = listUnfollowed(statements, deciding).map((hole) => hole.window);
  return {
    covered,
    followed: deciding.flatMap(({ window, eventTypes = ALL_EVENT_TYPES }) =>
      subtractWindows(window, lost).map((part) => ({
        window: part,
        eventTypes,
        missingFields: [],
      })),
    ),
    holes: [
      ...distrusted,
      ...statements.flatMap((statement) => statement.holes),
      ...listUnasked(covered, request),
      ...listUnfollowed(statements, request.followUps),
    ],
  };
}

/** Events come in no promised order, so that what is lost can have happened at any time. */
function distrust(file: FileReading, request: ReadRequest): SourceHole[] {
  const fault = findFault(file);
  if (fault === null) return [];
  return [
    {
      window: hullOfRequest(request),
      eventTypes: { kind: 'all' },
      reason: `${file.name} was saved from a live pull and is no longer whole: ${fault}`,
      remedy: `give ${file.name} as it was saved, or pull again`,
    },
  ];
}

function findFault({ saved, records, malformed, damages }: FileReading): string | null {
  const [damage] = damages;
  if (damage !== undefined) return damage.reason;
  const ended = saved?.ended ?? [];
  if (ended.length !== saved?.begun) return 'a pull in it has no beginning or no end';
  const stated = ended.reduce((sum, statement) => sum + statement.events, 0);
  const found = records - malformed;
  if (found !== stated) return `it holds ${found} of ${stated} events`;
  const isTold = ended.every(({ hours }) => hours !== undefined);
  const hours = ended.reduce((sum, statement) => sum + (statement.hours ?? 0), 0);
  return isTold && hours !== saved.hours ? 'some of its events are not those that it states' : null;
}

/** Needs that the pulls did not ask Okta for, one hole for each stretch. */
function listUnasked(covered: readonly CoveredStretch[], { needs }: ReadRequest): SourceHole[] {
  const unasked = new Map<string, { window: TimeWindow; sets: EventTypeSet[] }>();
  for (const { window: asked, eventTypes } of needs) {
    for (const part of splitEventTypes(eventTypes)) {
      const held = covered.filter((stretch) => coversEventTypes(stretch.eventTypes, part));
      for (const window of subtractWindows(
        asked,
        held.map((stretch) => stretch.window),
      )) {
        const key = JSON.stringify(window);
        const known = unasked.get(key) ?? { window, sets: [] };
        known.sets.push(part);
        unasked.set(key, known);
      }
    }
  }
  return [...unasked.values()].map(({ window, sets }) => ({
    window,
    eventTypes: uniteParts(sets),
    reason: 'the archive was saved from a pull that did not ask Okta for this',
    remedy: 'give an archive of everything, or one saved with pull: full',
  }));
}

function uniteParts(sets: readonly EventTypeSet[]): EventTypeSet {
  if (sets.some((set) => set.kind === 'all')) return { kind: 'all' };
  return { kind: 'some', terms: sets.flatMap((set) => (set.kind === 'all' ? [] : set.terms)) };
}

function listUnfollowed(
  statements: readonly ArchiveStatement[],
  followUps: readonly FollowUp[],
): SourceHole[] {
  return followUps.flatMap((asked) =>
    subtractWindows(asked.window, listAnswers(statements, asked)).map((window) => ({
      window,
      eventTypes: asked.eventTypes ?? { kind: 'all' },
      reason:
        'the archive was saved from a targeted pull, which did not ask for all around these people, sessions or addresses',
      remedy: 'give an archive of everything, or one saved with pull: full',
    })),
  );
}

/** When a pull asked for everything, or for everything around these values. */
function listAnswers(statements: readonly ArchiveStatement[], asked: FollowUp): TimeWindow[] {
  return statements.flatMap(({ covered, followed }) => [
    ...covered.filter(({ eventTypes }) => eventTypes.kind === 'all').map(({ window }) => window),
    ...followed
      .filter(({ field }) => field === asked.field)
      .filter(({ values }) => asked.values.every((value) => values.includes(value)))
      .map(({ window }) => window),
  ]);
}
