import type { Finding } from '../../model/finding.ts';
import type { FactValue } from '../../model/match.ts';
import { rememberAnswers } from '../../model/remember-answers.ts';
import { readEventRow } from './read-event-row.ts';

/** A fact of a finding as a reader meets it: text from a log, still unescaped. */
export interface ToldFact {
  readonly name: string;
  readonly value: string;
}

/** The events whose table a reader has before them. */
const EVENTS_AT_HAND = 10;

/**
 * The facts that say something: none that is empty, and no field of an event whose value stands in the table of the
 * finding's events or in a fact with a name of ours already.
 */
export function listToldFacts({ facts, events }: Pick<Finding, 'facts' | 'events'>): ToldFact[] {
  const told = Object.entries(facts)
    .map(([name, value]) => ({ field: isField(name), name, value: describeFactValue(value) }))
    .filter(({ value }) => value !== '');
  if (!told.some(({ field }) => field)) return told.map(toTold);
  const shown = new Set([
    ...events.slice(0, EVENTS_AT_HAND).flatMap(listShown),
    ...told.filter(({ field }) => !field).map(({ value }) => value),
  ]);
  return told.filter(({ field, value }) => !field || !shown.has(value)).map(toTold);
}

function toTold({ name, value }: ToldFact): ToldFact {
  return { name: describeFactName(name), value };
}

function listShown(event: Finding['events'][number]): readonly string[] {
  const { outcome, actor, target, address, place } = readEventRow(event);
  const texts = [outcome, actor, target, address, ...(place?.split(', ') ?? [])];
  return texts.filter((text) => text !== null);
}

/** A path into an event, such as `client.ipAddress`. */
function isField(name: string): boolean {
  return name.includes('.');
}

/** `firstSignInAfterMinutes` and `first-sign-in` as words, `first sign in after minutes`; a field of an event as it is. */
const describeFactName: (name: string) => string = rememberAnswers(spellOut);

function spellOut(name: string): string {
  if (isField(name)) return name;
  return name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/[_-]+/g, ' ')
    .toLowerCase();
}

function describeFactValue(value: FactValue): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'object') return value.map(describeText).join(', ');
  return describeText(String(value));
}

const INSTANT = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(?::00|(:\d{2}))(?:\.\d{3})?Z$/;

/** `2022-01-18 14:05 UTC` for an instant. */
function describeText(text: string): string {
  return text.replace(INSTANT, '$1 $2$3 UTC');
}
