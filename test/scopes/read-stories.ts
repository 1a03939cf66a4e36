import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { type LogEvent, parseLogEvent } from '../../src/model/log-event.ts';
import { completeEvent } from '../../src/sigma/run-cases.ts';

const INCIDENTS = join(import.meta.dirname, '../../scopes/incidents');

const Instant = z.iso.datetime();
const EventPart = z.record(z.string(), z.unknown());
/** The same event by one person after another, each of whom nobody knows. */
const Crowd = z.strictObject({
  people: z.int().min(2),
  from: Instant,
  seconds: z.int().min(1),
  event: EventPart,
});
const told = {
  story: z.string().min(40),
  crowd: Crowd.optional(),
  events: z.array(z.looseObject({ at: Instant, eventType: z.string() })).min(1),
};
const StoryFile = z.looseObject({
  attack: z.strictObject({
    ...told,
    verdict: z.enum(['evidence-found', 'needs-review']),
    decisive: z.array(z.string()).min(1),
  }),
  benign: z.strictObject(told),
});

export interface Story {
  readonly story: string;
  /** In the order of time. */
  readonly events: readonly LogEvent[];
}

export interface Stories {
  /** The file, for a look at the data in it. */
  readonly text: string;
  readonly attack: Story & {
    readonly verdict: 'evidence-found' | 'needs-review';
    /** Event types without which the attack cannot be told. */
    readonly decisive: readonly string[];
  };
  readonly benign: Story;
}

/** Reads the `story.yml` beside an incident; null where there is none. Throws with everything that is wrong with it. */
export function readStories(incident: string): Stories | null {
  const path = join(INCIDENTS, incident, 'story.yml');
  if (!existsSync(path)) return null;
  const text = readFileSync(path, 'utf8');
  const { attack, benign } = StoryFile.parse(parse(text, { merge: true }));
  return {
    text,
    attack: { ...attack, events: toEvents(attack) },
    benign: { story: benign.story, events: toEvents(benign) },
  };
}

type Told = Pick<z.output<typeof StoryFile>['benign'], 'crowd' | 'events'>;

function toEvents({ crowd, events }: Told): LogEvent[] {
  const parts = [...(crowd === undefined ? [] : spread(crowd)), ...events];
  return parts
    .map((part, index) => toEvent(part, index))
    .sort((one, other) => one.publishedMs - other.publishedMs);
}

function spread({ people, from, seconds, event }: z.output<typeof Crowd>) {
  return Array.from({ length: people }, (_, index) => ({
    ...event,
    at: new Date(Date.parse(from) + index * seconds * 1000).toISOString(),
    actor: {
      id: `00u8person${index}`,
      alternateId: `person${index}@example.com`,
      displayName: `Person ${index}`,
    },
  }));
}

/** Everybody has a session of their own a day, unless the story says otherwise. */
function toEvent({ at, ...part }: { at: string } & Record<string, unknown>, index: number) {
  const { id } = z.looseObject({ id: z.string() }).parse(part['actor'] ?? { id: 'nobody' });
  const session = `session of ${id} on ${at.slice(0, 10)}`;
  const record = completeEvent({
    ...part,
    authenticationContext: {
      externalSessionId: session,
      ...EventPart.parse(part['authenticationContext'] ?? {}),
    },
    uuid: `story-${String(index).padStart(3, '0')}`,
    published: at,
  });
  const event = parseLogEvent(record);
  if (event === null) throw new Error(`event ${index + 1} has no type or time`);
  return event;
}
