import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { type LogEvent, parseLogEvent } from '../../src/model/log-event.ts';
import { completeEvent } from '../../src/sigma/index.ts';

const INCIDENTS = join(import.meta.dirname, '../../scopes/incidents');

const Instant = z.iso.datetime();
const Parts = z.record(z.string(), z.unknown());
const Event = z.looseObject({
  eventType: z.string(),
  /** A name from `people`. */
  actor: z.string().optional(),
  /** Names from `people` and `things`. */
  target: z.array(z.string()).default([]),
  /** Names of `parts` that are laid under what the event itself says. */
  like: z.array(z.string()).default([]),
});
const TimedEvent = Event.extend({ at: Instant });
/** The same event by one person after another, none of whom matters. */
const Crowd = z.strictObject({
  people: z.int().min(2),
  from: Instant,
  seconds: z.int().min(1),
  event: Event,
});
const told = {
  story: z.string().min(40),
  crowd: Crowd.optional(),
  events: z.array(TimedEvent).min(1),
};
const StoryFile = z.strictObject({
  /** Login of each person by the name that the story gives them. */
  people: z.record(z.string(), z.email()),
  /** Anything else that can be a target. */
  things: z.record(z.string(), z.strictObject({ type: z.string(), name: z.string() })).default({}),
  /** Pieces of a record that several events share. */
  parts: z.record(z.string(), Parts).default({}),
  attack: z.strictObject({
    ...told,
    verdict: z.enum(['evidence-found', 'needs-review']),
    decisive: z.array(z.string()).min(1),
  }),
  benign: z.strictObject(told),
});
type StoryFile = z.output<typeof StoryFile>;

interface Story {
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
  const file = StoryFile.parse(parse(text));
  const { attack, benign } = file;
  return {
    text,
    attack: { ...attack, events: toEvents(attack, file) },
    benign: { story: benign.story, events: toEvents(benign, file) },
  };
}

function toEvents({ crowd, events }: StoryFile['benign'], file: StoryFile): LogEvent[] {
  const crowded = crowd === undefined ? [] : listCrowd(crowd);
  const people = {
    ...file.people,
    ...Object.fromEntries(crowded.map(({ actor }) => [actor, actor])),
  };
  return [...crowded, ...events]
    .map((event, index) => toEvent({ event, index, file: { ...file, people } }))
    .sort((one, other) => one.publishedMs - other.publishedMs);
}

function listCrowd({ people, from, seconds, event }: z.output<typeof Crowd>) {
  return Array.from({ length: people }, (_, index) => ({
    ...event,
    at: new Date(Date.parse(from) + index * seconds * 1000).toISOString(),
    actor: `person${index}@example.com`,
  }));
}

/** Everybody has one session a day, unless the story says otherwise. */
function toEvent({
  event: { at, actor, target, like, ...own },
  index,
  file,
}: {
  event: z.output<typeof TimedEvent>;
  index: number;
  file: StoryFile;
}): LogEvent {
  const uuid = `story-${String(index).padStart(3, '0')}`;
  const session = `session of ${actor ?? 'nobody'} on ${at.slice(0, 10)}`;
  const record = completeEvent(
    { uuid, published: at, authenticationContext: { externalSessionId: session } },
    actor === undefined ? {} : { actor: findParty(actor, file) },
    { target: target.map((name) => findParty(name, file)) },
    ...like.map((name) => file.parts[name] ?? fail(`there is no part "${name}"`)),
    own,
  );
  return parseLogEvent(record) ?? fail(`event ${index + 1} has no type or time`);
}

function findParty(name: string, { people, things }: StoryFile): Record<string, unknown> {
  if (name === 'okta') return OKTA_SYSTEM;
  const login = people[name];
  if (login !== undefined) {
    return { id: `00u-${name}`, type: 'User', alternateId: login, displayName: name };
  }
  const thing = things[name] ?? fail(`there is nobody and nothing called "${name}"`);
  return { id: `0oa-${name}`, type: thing.type, alternateId: thing.name, displayName: thing.name };
}

const OKTA_SYSTEM = {
  id: '00u-system',
  type: 'SystemPrincipal',
  alternateId: 'system@okta.com',
  displayName: 'Okta System',
};

function fail(message: string): never {
  throw new Error(message);
}
