import type { CompiledRules, SigmaProblem } from '../sigma/index.ts';
import { findNearest } from '../yaml/find-nearest.ts';

/**
 * Event types in rules that Okta does not list: mostly misspelt, so that a rule is silent for ever; sometimes
 * newer than the list.
 */
export function findUnlistedTypes(
  { checks, sources }: Pick<CompiledRules, 'checks' | 'sources'>,
  listed: readonly string[],
): SigmaProblem[] {
  const known = new Set(listed);
  return checks.flatMap(({ id, needs: { eventTypes } }) => {
    const source = sources.get(id);
    if (source === undefined || eventTypes.kind === 'all') return [];
    const unlisted = eventTypes.terms.filter(({ match, eventType }) =>
      match === 'exact'
        ? !known.has(eventType)
        : !listed.some((type) => type.startsWith(eventType)),
    );
    return [...new Set(unlisted.map(({ eventType }) => eventType))].map(
      (eventType): SigmaProblem => {
        const nearest = findNearest(eventType, listed);
        const hint = nearest === null ? '' : ` Did you mean ${nearest}?`;
        return {
          path: source.path,
          line: source.line,
          rule: id,
          message: `${id}: Okta lists no event type ${eventType}, so that nothing of it may ever come.${hint}`,
          severity: 'warning',
        };
      },
    );
  });
}
