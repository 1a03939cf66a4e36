import { formatCount } from '../model/format-count.ts';
import { nameRule, type SigmaProblem } from '../sigma/index.ts';

/** What a run's log says of the user's rules: one line each, and one for all that are not about Okta. */
export function wordProblems(problems: readonly SigmaProblem[]): string[] {
  const word = (problem: SigmaProblem): string =>
    `${problem.path}:${problem.line}: ${nameRule(problem)}`;
  const notes = problems.filter(({ severity }) => severity === 'note');
  const [first] = notes;
  const others = problems.filter(({ severity }) => severity !== 'note').map(word);
  if (first === undefined) return others;
  if (notes.length === 1) return [...others, word(first)];
  const count = formatCount(notes.length, 'rule');
  return [
    ...others,
    `${count} are for other products than Okta and do not run, the first at ${first.path}:${first.line}.`,
  ];
}
