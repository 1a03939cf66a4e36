import type { Tuning } from '../model/tuning.ts';
import type { SigmaProblem } from '../sigma/index.ts';
import { findNearest } from '../yaml/find-nearest.ts';

/** What a check can be called. */
interface CheckNames {
  /** As findings bear it: one for each check. */
  readonly ids: readonly string[];
  /** Other names that `rules` of a tuning file may use, such as a rule's UUID. */
  readonly otherNames: Iterable<string>;
}

/** Names in a tuning file that no check bears: what is said there of them has no effect. */
export function findStrayTuning(
  { rules, suppressions, place }: Pick<Tuning, 'rules' | 'suppressions' | 'place'>,
  { ids, otherNames }: CheckNames,
): SigmaProblem[] {
  if (place === null) return [];
  const names = new Set([...ids, ...otherNames]);
  const stray = [
    ...Object.keys(rules)
      .filter((name) => !names.has(name))
      .map((name) => ({ name, at: ['rules', name] })),
    ...suppressions.flatMap(({ check: name }, index) =>
      ids.includes(name) ? [] : [{ name, at: ['suppressions', index, 'check'] }],
    ),
  ];
  return stray.map(({ name, at }): SigmaProblem => {
    const nearest = findNearest(name, ids);
    const hint = nearest === null ? '' : ` Did you mean ${nearest}?`;
    return {
      path: place.path,
      line: place.lineOf(at),
      rule: null,
      message: `There is no check ${name}, so that this has no effect.${hint}`,
      severity: 'warning',
    };
  });
}
