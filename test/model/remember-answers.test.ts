import { describe, expect, it } from 'vitest';
import { rememberAnswers } from '../../src/model/remember-answers.ts';

function countAnswers(most?: number) {
  const asked: (string | null)[] = [];
  const answer = rememberAnswers((question: string) => {
    asked.push(question);
    return question === '' ? null : question.toUpperCase();
  }, most);
  return { asked, answer };
}

describe('answers that are remembered', () => {
  it('are worked out once for each question, also where the answer is null', () => {
    const { asked, answer } = countAnswers();
    expect(['a', '', 'a', '', 'b'].map(answer)).toEqual(['A', null, 'A', null, 'B']);
    expect(asked).toEqual(['a', '', 'b']);
  });

  it('are forgotten together once there are as many as may be, and stay right', () => {
    const { asked, answer } = countAnswers(2);
    expect(['a', 'b', 'a', 'c', 'c', 'a'].map(answer)).toEqual(['A', 'B', 'A', 'C', 'C', 'A']);
    expect(asked).toEqual(['a', 'b', 'c', 'a']);
  });
});
