import { type LogEvent, type Party, readActor, readTargets } from './log-event.ts';
import type { Suppression } from './tuning.ts';

/** Whether a suppression is about this event: of its actor, of its target, or of both where it names both. */
export function coversEvent(
  { actor, target }: Pick<Suppression, 'actor' | 'target'>,
  event: LogEvent,
): boolean {
  return (
    (actor === null || isNamed(actor, readActor(event))) &&
    (target === null || readTargets(event).some((party) => isNamed(target, party)))
  );
}

function isNamed(name: string, party: Party | null): boolean {
  const wanted = toComparable(name);
  return [party?.id, party?.login].some((own) => own != null && toComparable(own) === wanted);
}

/** The tuning file is read without the blanks around a name, which a log may have. */
function toComparable(name: string): string {
  return name.trim().toLowerCase();
}
