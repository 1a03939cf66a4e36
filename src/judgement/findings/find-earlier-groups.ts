import type { AskedTime } from '../../model/asked-time.ts';
import type { CheckResult } from '../judgement-input.ts';
import { isMatchInside } from '../weigh-matches.ts';
import { formatKey, toFindingKey } from './finding-key.ts';
import type { OwnedGroup, SupersededGroup } from './settle-ownership.ts';

interface Told {
  readonly results: readonly CheckResult[];
  readonly time: AskedTime;
}

/**
 * By group: those that owned some of its events while these lay in the window. A state that lasts into the window goes
 * on telling of them, under a name of its own.
 */
export function findEarlierGroups(
  groups: readonly OwnedGroup[],
  { results, time }: Told,
): ReadonlyMap<OwnedGroup, readonly SupersededGroup[]> {
  const lasting = groups.filter(({ matches }) => matches.some(({ match }) => match.span));
  const owners = new Map(
    lasting.flatMap((group) => group.events.map(({ uuid }) => [uuid, group] as const)),
  );
  const earlier = new Map<OwnedGroup, Map<string, SupersededGroup>>();
  for (const { check, matches } of results) {
    for (const match of matches) {
      if (isMatchInside(match, time.window)) continue;
      const [owner, ...others] = new Set(match.events.map(({ uuid }) => owners.get(uuid)));
      if (owner === undefined || others.length > 0) continue;
      const key = toFindingKey(check.id, match);
      const found = earlier.get(owner) ?? new Map<string, SupersededGroup>();
      const before = found.get(formatKey(key))?.eventCount ?? 0;
      earlier.set(
        owner,
        found.set(formatKey(key), { key, eventCount: before + match.events.length }),
      );
    }
  }
  return new Map([...earlier].map(([owner, found]) => [owner, [...found.values()]]));
}
