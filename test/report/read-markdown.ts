import type { Nodes, Root } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';

/** Markdown as GitHub's parser reads it. */
export function readMarkdown(markdown: string): Root {
  return fromMarkdown(markdown, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
}

export function listNodes(node: Nodes): Nodes[] {
  const children: readonly Nodes[] = 'children' in node ? node.children : [];
  return [node, ...children.flatMap(listNodes)];
}

/** Elements, links, pictures, references, boxes: everything that a reader could be led astray with. */
export function listActiveNodes(markdown: string): string[] {
  const found: string[] = [];
  for (const node of listNodes(readMarkdown(markdown))) {
    if (ACTIVE_TYPES.has(node.type))
      found.push(`${node.type}: ${JSON.stringify(node).slice(0, 200)}`);
    if (node.type === 'listItem' && typeof node.checked === 'boolean') found.push('checkbox');
    if (node.type === 'text') found.push(...listGithubReferences(node.value));
  }
  return found;
}

/** The text that a reader sees, code included. */
export function readVisibleText(markdown: string): string {
  return listNodes(readMarkdown(markdown))
    .flatMap((node) => ('value' in node ? [node.value] : []))
    .join('');
}

const ACTIVE_TYPES: ReadonlySet<string> = new Set([
  'link',
  'linkReference',
  'definition',
  'image',
  'imageReference',
  'html',
  'footnoteReference',
  'footnoteDefinition',
  'heading',
  'blockquote',
  'thematicBreak',
  'delete',
]);

/** What GitHub adds after the parser: mentions, issue and commit references, emoji, formulas. */
const GITHUB_REFERENCES: readonly RegExp[] = [
  /(?:^|[^\p{L}\p{N}_`])@[a-z0-9]/iu,
  /(?:^|[^\p{L}\p{N}_])#\d/u,
  /\bgh-\d/iu,
  /(?:^|[^\p{L}\p{N}])[0-9a-f]{7,40}(?![\p{L}\p{N}])/iu,
  /:(?:[a-z_+-][a-z0-9_+-]*|100|1234|8ball):/iu,
  /\$/u,
];

export function listGithubReferences(text: string): string[] {
  return GITHUB_REFERENCES.filter((reference) => reference.test(text)).map(
    (reference) => `${reference}: ${text}`,
  );
}
