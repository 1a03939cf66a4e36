import { findNameMistake } from '../model/find-name-mistake.ts';
import type { Finding } from '../model/finding.ts';
import type { Party } from '../model/log-event.ts';
import { isUnknownParty } from '../model/printable-party.ts';
import { rememberAnswers } from '../model/remember-answers.ts';
import { DAY_MS, formatUtcDay } from '../model/time-window.ts';
import { yamlString } from './escape/yaml.ts';

/** Long enough to be worth it, short enough that somebody looks again. */
const SUPPRESSION_MONTHS = 3;

/** A block for the tuning file that silences exactly this; null where the finding names nobody to silence it for. */
export function renderSuppressionYaml(finding: Finding, generatedAtMs: number): string | null {
  const actor = nameSubject(finding.actor);
  const target = nameSubject(finding.target);
  if (actor === null && target === null) return null;
  return [
    'suppressions:',
    `  - check: ${yamlString(finding.check)}`,
    ...(actor === null ? [] : [`    actor: ${yamlString(actor)}`]),
    ...(target === null ? [] : [`    target: ${yamlString(target)}`]),
    '    reason: "write why here"',
    `    expires: ${chooseExpiry(generatedAtMs)}`,
  ].join('\n');
}

/** The login, or the id where there is none that means somebody, or that a tuning file may hold. */
function nameSubject(party: Party | null): string | null {
  if (party === null || isUnknownParty(party)) return null;
  const { login, id } = party;
  return [login, id].find(isName) ?? null;
}

function isName(text: string | null): boolean {
  const name = text?.trim() ?? '';
  return !['', 'unknown'].includes(name.toLowerCase()) && findNameMistake(name) === null;
}

/** The last day of a month, so that the block does not change from night to night. */
const chooseExpiry: (generatedAtMs: number) => string = rememberAnswers((generatedAtMs) => {
  const date = new Date(generatedAtMs);
  const nextMs = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + SUPPRESSION_MONTHS + 1, 1);
  return formatUtcDay(nextMs - DAY_MS);
});
