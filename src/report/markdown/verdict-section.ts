import { prose } from '../escape/markdown.ts';
import { describeVerdict } from '../words/describe-verdict.ts';
import type { MarkdownContext } from './markdown-context.ts';

/** The answer in a box: the verdict sentence, and what no log can tell where the sentence does not say it. */
export function renderVerdict({ judged }: MarkdownContext): string {
  const words = describeVerdict(judged);
  const unsaid = judged.cannotTell.filter((text) => !judged.verdictSentence.includes(text));
  const paragraphs = [
    `**${words.headline}** ${prose(judged.verdictSentence)}`,
    ...unsaid.map((text) => prose(text)),
  ];
  return quote(`[!${words.alert}]\n${paragraphs.join('\n\n')}`);
}

/** A notice of the audit itself, above everything. */
export function renderNotice(text: string): string {
  return quote(`[!IMPORTANT]\n${prose(text)}`);
}

function quote(markdown: string): string {
  return markdown
    .split('\n')
    .map((line) => (line === '' ? '>' : `> ${line}`))
    .join('\n');
}
