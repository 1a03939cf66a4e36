import type { Finding } from '../model/finding.ts';
import { createTextHider, hideInFacts, listTypedTextsIn } from '../model/hide-typed-texts.ts';
import type { JudgedAudit } from '../model/judged-audit.ts';
import { listTypedTexts, toPrintableParty } from '../model/printable-party.ts';

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

/** Everything that an unknown actor or target of the finding or of its events typed. */
export function listTypedTextsOf({ actor, target, events }: Finding): string[] {
  return [...[actor, target].flatMap(listTypedTexts), ...listTypedTextsIn(events)];
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
