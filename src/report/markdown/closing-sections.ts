import { digestContent, writeDigest } from '../content-digest.ts';
import { code, link } from '../escape/markdown.ts';
import type { MarkdownContext } from './markdown-context.ts';

/** How a tick, a suppression and the closing of the issue work; nothing where there is no issue. */
export function renderHowToReview({ judged, identity, surface, byUse }: MarkdownContext): string {
  if (surface === 'document') return '';
  const file = code(identity.config?.path ?? '.github/okta-audit.yml');
  const closing = judged.scope.isRolling
    ? 'This issue closes itself when everything was read and nothing waits, and opens again for news.'
    : 'This issue is never closed by the audit; close it when you are done.';
  const notes = 'Text that you add to this description is kept under "Notes".';
  if (byUse.open.length === 0) return `${closing} ${notes}`;
  return `Tick a finding when you can explain it, and say why in a comment. The tick is kept; more of the same brings the finding back. To hear no more of it, copy its suppression into ${file}. ${closing} ${notes}`;
}

/** Where the question comes from. */
export function renderReferences({ judged }: MarkdownContext): string {
  const { references } = judged.scope;
  if (references.length === 0) return '';
  return `Read more: ${references.map(({ title, url }) => link(title, url)).join(' · ')}`;
}

/** The program, its files, the hash that the evidence can be checked with, and in an issue the hidden digest. */
export function renderFooter(context: MarkdownContext, notices: readonly string[]): string {
  const { identity, evidence, surface } = context;
  const { tool, config } = identity;
  const parts = [
    `${code(tool.name)} ${code(tool.version)}`,
    'in full: the report files of the run',
    ...(evidence === null ? [] : [`${code(evidence.file)} sha256 ${code(evidence.sha256)}`]),
    ...(config === null
      ? []
      : [`tuned by ${code(config.path)} sha256 ${code(config.sha256.slice(0, 12))}`]),
  ];
  const footer = `<sub>${parts.join(' · ')}</sub>`;
  return surface === 'issue'
    ? `${footer}\n\n${writeDigest(digestContent(context, notices))}`
    : footer;
}
