import type { Finding } from '../model/finding.ts';
import type { JudgedAudit } from '../model/judged-audit.ts';
import type { Facts, FactValue } from '../model/match.ts';
import {
  describeUnknownLogin,
  listTypedTexts,
  toPrintableParty,
} from '../model/printable-party.ts';
import { readEventRow } from './words/read-event-row.ts';

/** Shorter ones would also hit the words around them, and are no password worth the name. */
const SHORTEST_TYPED_TEXT = 3;

/**
 * The same answer without any login that an unknown actor typed: in the parties, and wherever a sentence,
 * fact or query of the finding repeats it. Raw events are left as they are.
 */
export function hideTypedLogins(judged: JudgedAudit): JudgedAudit {
  const known = hidden.get(judged);
  if (known !== undefined) return known;
  const guarded = { ...judged, findings: judged.findings.map(hideInFinding) };
  hidden.set(judged, guarded);
  hidden.set(guarded, guarded);
  return guarded;
}

/** Every report of a run asks for the same answer. */
const hidden = new WeakMap<JudgedAudit, JudgedAudit>();

/** Gives a function that puts `(unknown login, 14 characters)` wherever one of the texts occurs, in any case. */
export function createTextHider(typed: Iterable<string>): (text: string) => string {
  const patterns = [...new Set(typed)]
    .filter((text) => text.length >= SHORTEST_TYPED_TEXT)
    .sort((one, other) => other.length - one.length)
    .map((text) => ({ pattern: toPattern(text), replacement: describeUnknownLogin(text) }));
  return (text) => {
    let left = text;
    for (const { pattern, replacement } of patterns)
      left = left.replace(pattern, () => replacement);
    return left;
  };
}

/** Everything that an unknown actor or target of the finding or of its events typed. */
export function listTypedTextsOf(finding: Finding): string[] {
  const typed = new Set([...listTypedTexts(finding.actor), ...listTypedTexts(finding.target)]);
  for (const event of finding.events) {
    for (const text of readEventRow(event).typed) typed.add(text);
  }
  return [...typed];
}

function hideInFinding(finding: Finding): Finding {
  const typed = listTypedTextsOf(finding);
  if (typed.length === 0) return finding;
  const hide = createTextHider(typed);
  return {
    ...finding,
    summary: hide(finding.summary),
    askWhom: hide(finding.askWhom),
    nextSteps: finding.nextSteps.map(hide),
    query: hide(finding.query),
    actor: finding.actor === null ? null : toPrintableParty(finding.actor),
    target: finding.target === null ? null : toPrintableParty(finding.target),
    facts: hideInFacts(finding.facts, hide),
  };
}

function hideInFacts(facts: Facts, hide: (text: string) => string): Facts {
  return Object.fromEntries(
    Object.entries(facts).map(([name, value]) => [name, hideInFact(value, hide)]),
  );
}

function hideInFact(value: FactValue, hide: (text: string) => string): FactValue {
  if (typeof value === 'string') return hide(value);
  return typeof value === 'object' ? value.map(hide) : value;
}

/** Matches the text as typed and as a quoted string of a query holds it. */
function toPattern(text: string): RegExp {
  const forms = new Set([text, JSON.stringify(text).slice(1, -1)]);
  const alternatives = [...forms].map((form) => form.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'));
  return new RegExp(alternatives.join('|'), 'gi');
}
