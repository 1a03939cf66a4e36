/**
 * The same function, which works out the answer to each question once; for questions that are asked often. Where a log may
 * ask any number of them, `most` says how many are remembered before the memory starts anew.
 */
export function rememberAnswers<Question, Answer>(
  answer: (question: Question) => Answer,
  most: number = Number.POSITIVE_INFINITY,
): (question: Question) => Answer {
  const known = new Map<Question, Answer>();
  return (question) => {
    const remembered = known.get(question);
    if (remembered !== undefined) return remembered;
    const worked = answer(question);
    if (known.size >= most) known.clear();
    known.set(question, worked);
    return worked;
  };
}
