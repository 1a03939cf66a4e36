import {
  type LogEvent,
  type Party,
  readActor,
  readTargets,
  readText,
} from '../../model/log-event.ts';
import { toPrintableParty } from '../../model/printable-party.ts';
import { formatSecond } from './format-time.ts';
import { nameParty } from './name-party.ts';

/** One event as a line of a table: text from the log, logins of unknown people hidden, still unescaped. */
export interface EventRow {
  readonly atMs: number;
  /** `2022-01-21 10:14:07`, in UTC. */
  readonly time: string;
  readonly eventType: string;
  readonly outcome: string | null;
  readonly actor: string | null;
  readonly target: string | null;
  readonly address: string | null;
  readonly place: string | null;
  readonly userAgent: string | null;
}

export function readEventRow(event: LogEvent): EventRow {
  const known = rows.get(event);
  if (known !== undefined) return known;
  const row = readRow(event);
  rows.set(event, row);
  return row;
}

/** Every report of a run shows the same events. */
const rows = new WeakMap<LogEvent, EventRow>();

function readRow(event: LogEvent): EventRow {
  const targets = readTargets(event);
  const target = targets.find(({ type }) => type === 'User') ?? targets[0] ?? null;
  const place = ['city', 'country']
    .flatMap((part) => readText(event, `client.geographicalContext.${part}`) ?? [])
    .join(', ');
  return {
    atMs: event.publishedMs,
    time: formatSecond(event.publishedMs),
    eventType: event.eventType,
    outcome: readText(event, 'outcome.result'),
    actor: namePrintable(readActor(event)),
    target: namePrintable(target),
    address: readText(event, 'client.ipAddress'),
    place: place === '' ? null : place,
    userAgent: readText(event, 'client.userAgent.rawUserAgent'),
  };
}

function namePrintable(party: Party | null): string | null {
  return party === null ? null : nameParty(toPrintableParty(party));
}
