import {
  ATTRIBUTIONS,
  type Attribution,
  type Circumstance,
  type FactValue,
  type Match,
} from '../../model/match.ts';
import { attributeChange, isAttributable } from './attribute-change.ts';

/** What is added to one match. */
export interface Additions {
  attribution: Attribution | null;
  readonly circumstances: Set<Circumstance>;
  readonly facts: Record<string, FactValue>;
  /** Values of what is one question, however many people it concerns. */
  alike: readonly string[] | null;
}

export function beginAdditions({ anchor, attribution }: Match): Additions {
  const attributed =
    attribution === null && isAttributable(anchor) ? attributeChange(anchor) : null;
  return {
    attribution: attributed?.attribution ?? attribution,
    circumstances: new Set(),
    facts: { ...attributed?.facts },
    alike: null,
  };
}

/** Attribution is one word: where it is known, a circumstance that says another is left out. */
export function listCircumstances(
  match: Match,
  { attribution, circumstances }: Additions,
): Circumstance[] {
  const all = [...new Set([...match.circumstances, ...circumstances])];
  if (attribution === null) return all;
  const others: readonly string[] = ATTRIBUTIONS.filter((word) => word !== attribution);
  return all.filter((circumstance) => !others.includes(circumstance));
}
