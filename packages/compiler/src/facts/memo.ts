/** Works each answer out once. A question that comes back to itself, as in a cycle of calls, gets the answer for `inCycle`. */
export function memo<T>(answerOf: (id: string) => T, inCycle: T): (id: string) => T {
  const answers = new Map<string, T>();
  return (id) => {
    const known = answers.get(id);
    if (known !== undefined) return known;
    answers.set(id, inCycle);
    const answer = answerOf(id);
    answers.set(id, answer);
    return answer;
  };
}
