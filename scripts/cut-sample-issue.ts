/** What a reader sees first of an issue: verdict, status, what to do, and the first finding without its folded part. */
export function cutSampleIssue(body: string): string {
  const parts = ['verdict', 'status', 'first'].map((name) => readBlock(body, name));
  const [finding = ''] = readBlock(body, 'findings').split('<details>');
  return [...parts, finding]
    .map((part) => part.trim())
    .join('\n\n')
    .replace(/^- \[ \] /gm, '- ☐ ')
    .replace(/^##/gm, '####');
}

function readBlock(body: string, name: string): string {
  const [, rest = ''] = body.split(`<!-- okta-audit:${name} -->`);
  const [text = ''] = rest.split('<!-- okta-audit:end -->');
  if (text === '') throw new Error(`the sample has no block ${name}`);
  return text;
}
