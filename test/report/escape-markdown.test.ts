import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  cellCode,
  cellProse,
  code,
  fencedBlock,
  link,
  mention,
  prose,
} from '../../src/report/escape/markdown.ts';
import { capLength, toVisibleText } from '../../src/report/escape/visible-text.ts';
import { HOSTILE_TEXTS, hostileText } from './hostile-text.ts';
import { listActiveNodes, listNodes, readMarkdown, readVisibleText } from './read-markdown.ts';

describe('a value in a code span', () => {
  it.each([
    ['dana@acme.example', '`dana@acme.example`'],
    ['a`b', '``a`b``'],
    ['`', '`` ` ``'],
    ['one\ntwo', '`one two`'],
    ['\u202Etxt', '`\uFFFDtxt`'],
    ['e\u0301', '`\u00e9`'],
    ['', '(empty)'],
    ['   ', '(empty)'],
  ])('%j is written %j', (value, written) => {
    expect(code(value)).toBe(written);
  });

  it('says how much of a long value it leaves out', () => {
    expect(code('x'.repeat(500))).toBe(`\`${'x'.repeat(200)}\u2026 (300 more characters)\``);
  });

  it('holds exactly the visible text, and nothing of it acts', () => {
    fc.assert(
      fc.property(hostileText(), (value) => {
        const markdown = `Before ${code(value)} after.`;
        expect(listActiveNodes(markdown)).toEqual([]);
        const spans = listNodes(readMarkdown(markdown)).filter(
          (node) => node.type === 'inlineCode',
        );
        const expected = capLength(toVisibleText(value), 200);
        if (expected !== '') expect(spans.map((span) => span.value)).toEqual([expected]);
      }),
      { numRuns: 500 },
    );
  });
});

describe('a value in a table cell', () => {
  it('stays in its cell', () => {
    fc.assert(
      fc.property(hostileText(), hostileText(), (one, other) => {
        const markdown = `| a | b |\n|---|---|\n| ${cellCode(one)} | ${cellProse(other)} |\n`;
        expect(listActiveNodes(markdown)).toEqual([]);
        const cells = listNodes(readMarkdown(markdown)).filter((node) => node.type === 'tableCell');
        expect(cells).toHaveLength(4);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['a | b', '`a \\| b`'],
    ['a \\| b', '`a \\\uFF5C b`'],
  ])('%j is written %j', (value, written) => {
    expect(cellCode(value)).toBe(written);
  });
});

describe('a sentence', () => {
  it.each([
    ['Nobody used it; it lapsed at 22:05 UTC.', 'Nobody used it; it lapsed at 22:05 UTC.'],
    ["Okta's own 4 resets (2 of them failed).", "Okta's own 4 resets (2 of them failed)."],
    ['Ask dana@acme.example, then wait.', 'Ask `dana@acme.example`, then wait.'],
    ['from 2022-01-16 to 22 January', 'from 2022-01-16 to 22 January'],
    ['compare client.ipAddress: it differs', 'compare `client.ipAddress`: it differs'],
    ['has no `user.account` event', 'has no `user.account` event'],
    ['check `github-token`, then', 'check `github-token`, then'],
    ['has no `@octocat`', 'has no `` `@octocat` ``'],
    ['see #12 and GH-7 by @octocat', 'see `#12` and `GH-7` by `@octocat`'],
    ['commit 0a1b2c3d4e is no link', 'commit `0a1b2c3d4e` is no link'],
    ['1. is no list', '1\\. is no list'],
    ['- nor is this', '`-` nor is this'],
    ['read and/or write \u2014 always', 'read and/or write \u2014 always'],
  ])('%j is written %j', (text, written) => {
    expect(prose(text)).toBe(written);
  });

  it('shows a value that it repeats as one code span', () => {
    expect(prose('Nothing to do here changed a factor.', ['Nothing to do here'])).toBe(
      '`Nothing to do here` changed a factor.',
    );
    expect(prose('The catalogue changed.', ['cat'])).toBe('The catalogue changed.');
  });

  it('holds nothing that acts, and still reads the same', () => {
    fc.assert(
      fc.property(hostileText(), fc.array(hostileText(), { maxLength: 2 }), (text, values) => {
        const markdown = prose(`${text} ${values.join(' ')}`, values);
        expect(listActiveNodes(markdown)).toEqual([]);
        const expected = capLength(toVisibleText(`${text} ${values.join(' ')}`), 2_000);
        expect(readVisibleText(markdown)).toBe(expected);
      }),
      { numRuns: 500 },
    );
  });

  it('opens no block of its own', () => {
    for (const text of HOSTILE_TEXTS) {
      const types = readMarkdown(prose(text)).children.map((node) => node.type);
      expect(
        types.filter((type) => type !== 'paragraph'),
        text,
      ).toEqual([]);
    }
  });
});

describe('a fenced block', () => {
  it('keeps its lines and cannot be left', () => {
    fc.assert(
      fc.property(fc.array(hostileText(), { minLength: 1, maxLength: 4 }), (lines) => {
        const markdown = `${fencedBlock(lines.join('\n'), 'text')}\n\nAfter.`;
        const types = readMarkdown(markdown).children.map((node) => node.type);
        expect(types).toEqual(['code', 'paragraph']);
      }),
    );
  });
});

describe('a link of ours', () => {
  it.each([
    ['https://github.com/acme/x/actions/runs/1', '[run](https://github.com/acme/x/actions/runs/1)'],
    ['https://example.com/a)b', '[run](https://example.com/a%29b)'],
    ['javascript:alert(1)', 'run'],
    ['not a url', 'run'],
  ])('to %s is written %s', (url, written) => {
    expect(link('run', url)).toBe(written);
  });
});

describe('a mention', () => {
  it.each([
    ['octocat', '@octocat'],
    ['mona-cat_acme', '@mona-cat_acme'],
    ['acme/security-team', '@acme/security-team'],
    ['acme/ent:platform-sre', '@acme/ent:platform-sre'],
    ['/ent:platform-sre', '@/ent:platform-sre'],
    ['/platform-sre', '`/platform-sre`'],
    ['ent:acme/platform-sre', '`ent:acme/platform-sre`'],
    ['a b', '`a b`'],
    ['_acme_', '`_acme_`'],
    ['x](https://evil.example)', '`x](https://evil.example)`'],
  ])('of %s is written %s', (name, written) => {
    expect(mention(name)).toBe(written);
  });
});
