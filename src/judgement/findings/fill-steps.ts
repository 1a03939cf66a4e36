import { isApplication } from '../../model/is-application.ts';
import {
  collectTexts,
  type LogEvent,
  type Party,
  readActor,
  readTargets,
} from '../../model/log-event.ts';
import { isUnknownParty } from '../../model/printable-party.ts';
import { rememberAnswers } from '../../model/remember-answers.ts';
import { listNames, nameParty, toOneLine } from '../name-party.ts';
import { collectActors } from './collect-parties.ts';

/** A dotted path, and the words before it that a person's name can stand in for. */
const FIELD =
  /(?:(?<![\w.])the (?:person|user) in (?=\S+\.alternateId\b))?(?<![\w.])([a-z]\w*(?:\.\w+)+)/g;

/** Around a field of other events than the finding's: `from which client.ipAddress`, `client.ipAddress of the sign-in`. */
const ASKED_BEFORE = /(?:^|[\s(])(?:which|with|whose|its|its id in|is|unknown|hold)\s$|[:(]\s?$/;
const ASKED_AFTER = /^ of /;

/** Between two fields of one kind: what holds for one holds for the other. */
const JOINS = /^(?:,| and| or)\s$/;

/** Their values are words of Okta's that the step explains already. */
const WORDS_OF_OKTA: ReadonlySet<string> = new Set(['outcome.result', 'outcome.reason']);

const MOST_SHOWN = 3;

/** A longer text, such as a user agent, would hide the sentence around it. */
const LONGEST_VALUE = 60;

/**
 * The steps with the values that the finding's events have in the fields they name, so that nobody has to look them
 * up: `Ask the person in actor.alternateId` is `Ask dana@acme.example (actor.alternateId)`. The names stay, because
 * people search by them. `hide` takes out what unknown people typed.
 */
export function fillSteps(
  steps: readonly string[],
  events: readonly LogEvent[],
  hide: (text: string) => string,
): readonly string[] {
  const wordValues = rememberAnswers((field: string) => wordField(field, events, hide));
  const owner = wordOwner(events, hide);
  const wordPerson = (field: string) =>
    (field === 'actor.alternateId' ? owner : null) ?? wordValues(field);
  return steps.map((step) => fillStep(step, { wordValues, wordPerson }));
}

interface Wording {
  /** The values of a field. */
  wordValues(field: string): string | null;
  /** Whom to ask, where the step speaks of the person in a field. */
  wordPerson(field: string): string | null;
}

function fillStep(step: string, { wordValues, wordPerson }: Wording): string {
  let filled = '';
  let end = 0;
  for (const mention of listMentions(step)) {
    const { text, field, start, isAsked } = mention;
    const isAlone = step[start - 1] === '(' && step[start + text.length] === ')';
    const word = text === field ? wordValues : wordPerson;
    const value = isAsked && !isAlone ? null : word(field);
    filled += step.slice(end, start);
    end = start + text.length;
    if (value === null || step.includes(value)) filled += text;
    else if (isAlone) filled += `${field}: ${value}`;
    else filled += text === field ? `${field} (${value})` : `${value} (${field})`;
  }
  return filled + step.slice(end);
}

interface Mention {
  /** The field, with the words that a name can stand in for. */
  readonly text: string;
  readonly field: string;
  readonly start: number;
  /** The step asks for its value, in events that are still to be found. */
  readonly isAsked: boolean;
}

function listMentions(step: string): Mention[] {
  const mentions: Mention[] = [];
  let group: Mention[] = [];
  for (const match of step.matchAll(FIELD)) {
    const [text, field = ''] = match;
    const start = match.index;
    const last = group.at(-1);
    if (last === undefined || !JOINS.test(step.slice(last.start + last.text.length, start))) {
      mentions.push(...settleGroup(step, group));
      group = [];
    }
    group.push({ text, field, start, isAsked: false });
  }
  return [...mentions, ...settleGroup(step, group)];
}

function settleGroup(step: string, group: readonly Mention[]): Mention[] {
  const [first] = group;
  const last = group.at(-1);
  if (first === undefined || last === undefined) return [];
  const isAsked =
    ASKED_BEFORE.test(step.slice(0, first.start)) ||
    ASKED_AFTER.test(step.slice(last.start + last.text.length));
  return group.map((mention) => ({ ...mention, isAsked }));
}

/** Nobody can ask an application, whose login is its client id; null where a person acted too. */
function wordOwner(events: readonly LogEvent[], hide: (text: string) => string): string | null {
  const actors = collectActors(events);
  if (!actors.every(isApplication)) return null;
  const names = actors.map(nameParty);
  if (names.length === 0 || names.some((name) => hide(name) !== name)) return null;
  return `the owner of ${listNames(names.map(quote), MOST_SHOWN)}`;
}

/** Up to three values; null where no event has any that is worth showing. */
function wordField(
  field: string,
  events: readonly LogEvent[],
  hide: (text: string) => string,
): string | null {
  if (WORDS_OF_OKTA.has(field)) return null;
  if (events.some((event) => isTyped(event, field))) return null;
  const texts = new Set<string>();
  for (const event of events) collectTexts(event, field, texts);
  texts.delete('');
  texts.delete('unknown');
  const all = [...texts];
  const shown = all.slice(0, MOST_SHOWN).map(toOneLine);
  const isShowable = shown.every((text) => text.length <= LONGEST_VALUE && hide(text) === text);
  if (shown.length === 0 || !isShowable) return null;
  return listNames([...shown.map(quote), ...all.slice(MOST_SHOWN)], MOST_SHOWN);
}

/** Says whether somebody unknown may have typed what the field holds, be it a word that the event has elsewhere too. */
function isTyped(event: LogEvent, field: string): boolean {
  const [whose, of = ''] = field.split('.');
  if (whose === 'actor') return isUnknown(readActor(event));
  if (whose !== 'target') return false;
  return readTargets(event).some(
    (target) => isUnknown(target) && (!/^[A-Z]/.test(of) || target.type === of),
  );
}

function isUnknown(party: Party | null): boolean {
  return party !== null && isUnknownParty(party);
}

/** Several words are marked as a value, or they would read as ours. */
function quote(value: string): string {
  return value.includes(' ') ? `"${value.replaceAll('"', "'")}"` : value;
}
