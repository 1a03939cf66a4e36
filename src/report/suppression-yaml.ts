import { coversEvent } from '../model/covers-event.ts';
import { findNameMistake } from '../model/find-name-mistake.ts';
import type { Finding } from '../model/finding.ts';
import type { Party } from '../model/log-event.ts';
import { isUnknownParty } from '../model/printable-party.ts';
import { rememberAnswers } from '../model/remember-answers.ts';
import { DAY_MS, formatUtcDay } from '../model/time-window.ts';
import type { Suppression } from '../model/tuning.ts';
import { yamlString } from './escape/yaml.ts';

/** Long enough to be worth it, short enough that somebody looks again. */
const SUPPRESSION_MONTHS = 3;

type Subject = Pick<Suppression, 'actor' | 'target'>;

/** A block for the tuning file that silences this, and no more than that takes; null where naming somebody does not. */
export function renderSuppressionYaml(finding: Finding, generatedAtMs: number): string | null {
  const subjects = chooseSubjects(finding);
  if (subjects === null) return null;
  const entries = subjects.flatMap(({ actor, target }) => [
    `  - check: ${yamlString(finding.check)}`,
    ...(actor === null ? [] : [`    actor: ${yamlString(actor)}`]),
    ...(target === null ? [] : [`    target: ${yamlString(target)}`]),
    '    reason: "write why here"',
    `    expires: ${chooseExpiry(generatedAtMs)}`,
  ]);
  return ['suppressions:', ...entries].join('\n');
}

/**
 * A finding is silenced where every event is, and in a story one person may be the target of the first and the actor of the next:
 * then two entries do it, each for a part.
 */
function chooseSubjects({ actor, target, events }: Finding): readonly Subject[] | null {
  const by = nameSubject(actor);
  const on = nameSubject(target);
  if (by === null && on === null) return null;
  const ways = [
    [{ actor: by, target: on }],
    ...[on, by].flatMap((name) => (name === null ? [] : listWays(name))),
  ];
  const silences = (way: readonly Subject[]): boolean =>
    events.every((event) => way.some((subject) => coversEvent(subject, event)));
  return ways.find(silences) ?? null;
}

function listWays(name: string): Subject[][] {
  const asTarget = { actor: null, target: name };
  const asActor = { actor: name, target: null };
  return [[asTarget], [asActor], [asTarget, asActor]];
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
