import type { Tuning } from '../model/tuning.ts';
import type { SigmaProblem } from '../sigma/index.ts';
import { findNearest } from '../yaml/find-nearest.ts';

/** Names in a tuning file that no check bears: what is said there of them has no effect. */
export function findStrayTuning(
  { rules, suppressions, place }: Pick<Tuning, 'rules' | 'suppressions' | 'place'>,
  names: ReadonlySet<string>,
): SigmaProblem[] {
  if (place === null) return [];
  const given = [
    ...Object.keys(rules).map((name) => ({ name, at: ['rules', name] })),
    ...suppressions.map(({ check }, index) => ({
      name: check,
      at: ['suppressions', index, 'check'],
    })),
  ];
  return given
    .filter(({ name }) => !names.has(name))
    .map(({ name, at }): SigmaProblem => {
      const nearest = findNearest(name, [...names]);
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
