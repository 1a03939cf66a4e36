import {
  collectTexts,
  isRecord,
  type LogEvent,
  type Party,
  type RawEvent,
  readActor,
  readTargets,
} from './log-event.ts';
import type { Facts, FactValue } from './match.ts';
import {
  describeUnknownLogin,
  isUnknownParty,
  listTypedTexts,
  toPrintableParty,
} from './printable-party.ts';

/** Shorter ones would also hit the words around them, and are no password worth the name. */
const SHORTEST_TYPED_TEXT = 3;

/** Nobody types these into a form, and reports show them. */
const OPEN_FIELDS = [
  'eventType',
  'outcome.result',
  'outcome.reason',
  'client.ipAddress',
  'client.userAgent.rawUserAgent',
  'client.geographicalContext.city',
  'client.geographicalContext.country',
  'securityContext.asOrg',
  'securityContext.isp',
  'securityContext.domain',
];

/**
 * What unknown people typed as their login in these events. What the events say elsewhere as well is no secret: whoever
 * types an own address there must not take it off the report.
 */
export function listTypedTextsIn(events: readonly LogEvent[]): string[] {
  const typed = new Set(events.flatMap((event) => listParties(event).flatMap(listTypedTexts)));
  if (typed.size === 0) return [];
  const open = new Set<string>();
  for (const event of events) for (const text of listOpenTexts(event)) open.add(keyText(text));
  return [...typed].filter((text) => !open.has(keyText(text)));
}

function listParties(event: LogEvent): Party[] {
  const actor = readActor(event);
  return [...(actor === null ? [] : [actor]), ...readTargets(event)];
}

function listOpenTexts(event: LogEvent): Set<string> {
  const texts = new Set<string>();
  for (const field of OPEN_FIELDS) collectTexts(event, field, texts);
  for (const party of listParties(event)) {
    if (isUnknownParty(party)) continue;
    for (const name of [party.login, party.name, party.id]) if (name !== null) texts.add(name);
  }
  return texts;
}

/**
 * Gives a function that puts `(unknown login, 14 characters)` wherever one of the texts stands whole, in any case. A
 * single word stays where blanks stand around words: within a sentence it is any word, and mostly ours.
 */
export function createTextHider(typed: Iterable<string>): (text: string) => string {
  const beginnings = new Map<string, TypedTexts>();
  for (const text of typed) {
    for (const form of listForms(text)) {
      addForm(beginnings, foldCase(form), describeUnknownLogin(text));
    }
  }
  if (beginnings.size === 0) return (text) => text;
  return (text) => hideIn(text, beginnings);
}

/** As it was typed and on one line without blanks around it, each also as JSON and as an address writes it. */
function listForms(text: string): string[] {
  const forms = [text, toLine(text)].flatMap((form) => {
    const encoded = encodeURIComponent(form.replace(HALF_CHARACTERS, '\uFFFD'));
    return [form, JSON.stringify(form).slice(1, -1), encoded, encoded.replaceAll('%20', '+')];
  });
  return [...new Set(forms)].filter(({ length }) => length >= SHORTEST_TYPED_TEXT);
}

/** No address can hold them. */
const HALF_CHARACTERS = /\p{Cs}/gu;

function toLine(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
}

function keyText(text: string): string {
  return foldCase(toLine(text));
}

/** The texts of one beginning, folded, and what stands in their place. */
interface TypedTexts {
  readonly hidden: Map<string, string>;
  /** Longest first. */
  lengths: readonly number[];
}

function addForm(beginnings: Map<string, TypedTexts>, form: string, hidden: string): void {
  const key = form.slice(0, SHORTEST_TYPED_TEXT);
  const known: TypedTexts = beginnings.get(key) ?? { hidden: new Map(), lengths: [] };
  beginnings.set(key, known);
  known.hidden.set(form, hidden);
  if (known.lengths.includes(form.length)) return;
  known.lengths = [...known.lengths, form.length].sort((one, other) => other - one);
}

/** One pass, in whatever number of typed texts: anybody may type a hundred thousand. */
function hideIn(text: string, beginnings: ReadonlyMap<string, TypedTexts>): string {
  const folded = foldCase(text);
  let shown = '';
  let end = 0;
  for (let at = 0; at + SHORTEST_TYPED_TEXT <= text.length; at += 1) {
    const known = beginnings.get(folded.slice(at, at + SHORTEST_TYPED_TEXT));
    const form = known && findForm(folded, at, known);
    if (form === undefined) continue;
    shown += text.slice(end, at) + known?.hidden.get(form);
    end = at + form.length;
    at = end - 1;
  }
  return shown + text.slice(end);
}

function findForm(text: string, at: number, { hidden, lengths }: TypedTexts): string | undefined {
  for (const length of lengths) {
    const form = text.slice(at, at + length);
    if (form.length < length || !hidden.has(form)) continue;
    const isOfSentence = SINGLE_WORD.test(form) && text.includes(' ');
    if (!isOfSentence && standsWhole(text, at, at + length)) return form;
  }
  return undefined;
}

const SINGLE_WORD = /^[a-z]+$/;
const WORD_ENDS_BEFORE = /[\p{L}\p{N}_][.@+-]?$/u;
const WORD_GOES_ON = /^[.@+-]?[\p{L}\p{N}_]/u;
const WORD_BEGINS = /^[\p{L}\p{N}_]/u;
const WORD_ENDS = /[\p{L}\p{N}_]$/u;

/** `dana` is no part of `dana@acme.example`, nor `user` of `client.userAgent`. */
function standsWhole(text: string, start: number, end: number): boolean {
  const form = text.slice(start, end);
  const isCutBefore = WORD_BEGINS.test(form) && WORD_ENDS_BEFORE.test(text.slice(start - 2, start));
  return !isCutBefore && !(WORD_ENDS.test(form) && WORD_GOES_ON.test(text.slice(end, end + 2)));
}

/** Lower case, letter by letter, so that places stay the same. */
function foldCase(text: string): string {
  const lower = text.toLowerCase();
  if (lower.length === text.length) return lower;
  return Array.from(text, (letter) => {
    const one = letter.toLowerCase();
    return one.length === letter.length ? one : letter;
  }).join('');
}

export function hideInFacts(facts: Facts, hide: (text: string) => string): Facts {
  return Object.fromEntries(
    Object.entries(facts).map(([name, value]) => [name, hideInFact(value, hide)]),
  );
}

function hideInFact(value: FactValue, hide: (text: string) => string): FactValue {
  if (typeof value === 'string') return hide(value);
  return typeof value === 'object' ? value.map(hide) : value;
}

/**
 * The same record with the names of unknown people hidden, whatever they are, and the texts in every other value; the
 * names of fields are Okta's own.
 */
export function hideInRecord(record: RawEvent, hide: (text: string) => string): RawEvent {
  const { actor, target } = record;
  const printable = {
    ...record,
    ...(actor === undefined ? {} : { actor: hideInParty(actor) }),
    ...(Array.isArray(target) ? { target: target.map(hideInParty) } : {}),
  };
  const json = JSON.stringify(printable, (_name, value: unknown) =>
    typeof value === 'string' ? hide(value) : value,
  );
  return JSON.parse(json);
}

function hideInParty(entry: unknown): unknown {
  const party = readActor({ raw: { actor: entry } });
  if (party === null || !isRecord(entry) || !isUnknownParty(party)) return entry;
  const { login, name } = toPrintableParty(party);
  return {
    ...entry,
    ...(party.login === null ? {} : { alternateId: login }),
    ...(party.name === null ? {} : { displayName: name }),
  };
}
