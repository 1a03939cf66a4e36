/** The same function, which works out the answer to each question once; for questions that are few and asked often. */
export function rememberAnswers<Question, Answer>(
  answer: (question: Question) => Answer,
): (question: Question) => Answer {
  const known = new Map<Question, Answer>();
  return (question) => {
    const remembered = known.get(question);
    if (remembered !== undefined) return remembered;
    const worked = answer(question);
    known.set(question, worked);
    return worked;
  };
}
