import type { Finding } from '../../model/finding.ts';
import type { Investigation } from '../../model/judged-audit.ts';
import { readActor, readTargets } from '../../model/log-event.ts';
import { countInvestigated } from './describe-kept-rows.ts';
import { dropKind } from './drop-kind.ts';

/**
 * Says of a user of whom nothing was found that the log may spell the login otherwise; null for everything else, and
 * for whom a finding names, as the log spells them.
 */
export function describeLoginSpelling(
  found: Investigation,
  findings: readonly Finding[],
): string | null {
  if (!found.subject.startsWith('user:') || countInvestigated(found) > 0) return null;
  if (isNamed(dropKind(found.subject), findings)) return null;
  return 'Write a login as Okta does, whose log may tell upper from lower case, or give the id of the user.';
}

function isNamed(name: string, findings: readonly Finding[]): boolean {
  return findings.some(({ events }) =>
    events.some((event) =>
      [readActor(event), ...readTargets(event)].some(
        (party) => party?.login === name || party?.id === name,
      ),
    ),
  );
}
