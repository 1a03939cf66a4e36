import {
  type LogEvent,
  type Party,
  readActor,
  readTargets,
  readTargetUser,
  readText,
} from '../../model/log-event.ts';
import { toPrintableParty } from '../../model/printable-party.ts';
import { nameParty } from './name-party.ts';

/** One event as a line of a table: text from the log, logins of unknown people hidden, still unescaped. */
export interface EventRow {
  readonly atMs: number;
  readonly eventType: string;
  readonly outcome: string | null;
  readonly actor: string | null;
  readonly target: string | null;
  readonly address: string | null;
  readonly place: string | null;
  readonly userAgent: string | null;
}

export function readEventRow(event: LogEvent): EventRow {
  const target = readTargetUser(event) ?? readTargets(event)[0] ?? null;
  const place = ['city', 'country']
    .flatMap((part) => readText(event, `client.geographicalContext.${part}`) ?? [])
    .join(', ');
  return {
    atMs: event.publishedMs,
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
