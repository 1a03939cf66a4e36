/** What the support access switch does not govern, as the end of a sentence; empty where the verdict says it already. */
export function sayTool(verdictSentence: string): string {
  return /support tool/i.test(verdictSentence)
    ? ''
    : ", and Okta's own support tool is not governed by this switch";
}
