const BOLD = '\u001b[1m';
const DIM = '\u001b[2m';
const RESET = '\u001b[0m';

/** Shows an issue roughly as a person would read it: hidden comments gone, folded parts as one line, headings bold. */
export function renderMarkdownForTerminal(markdown: string): string {
  const isTty = process.stdout.isTTY === true;
  const bold = (text: string) => (isTty ? `${BOLD}${text}${RESET}` : text);
  const dim = (text: string) => (isTty ? `${DIM}${text}${RESET}` : text);
  return markdown
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(
      /<details>\s*<summary>([\s\S]*?)<\/summary>[\s\S]*?<\/details>/g,
      (_, summary: string) => dim(`▸ ${stripTags(summary)}`),
    )
    .replace(/```mermaid[\s\S]*?```/g, dim('[timeline, drawn by GitHub]'))
    .replace(/^#+ (.*)$/gm, (_, heading: string) => bold(heading))
    .replace(/^> \[!(\w+)\]\n/gm, (_, kind: string) => `${bold(kind)}\n`)
    .replace(/\*\*(.+?)\*\*/g, (_, text: string) => bold(text))
    .replace(/(?<![*\w])\*([^*\n]+)\*(?![*\w])/g, (_, text: string) => dim(text))
    .replace(/\[([^\]]+)\]\((https?:[^)\s]+)\)/g, (_, text: string) => text)
    .replace(/<[^>]+>/g, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

function stripTags(text: string): string {
  return text.replace(/<[^>]+>/g, '');
}
