import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csv } from '../../src/report/escape/csv.ts';
import { html, htmlHref, htmlJson, htmlRawText, markup } from '../../src/report/escape/html.ts';
import { MERMAID_LABELS, mermaidId, mermaidTime } from '../../src/report/escape/mermaid.ts';
import { terminal } from '../../src/report/escape/terminal.ts';
import { toVisibleText } from '../../src/report/escape/visible-text.ts';
import { toRunnerLine } from '../../src/report/escape/workflow-command.ts';
import { HOSTILE_TEXTS, hostileText } from './hostile-text.ts';

const CONTROL = /\p{Cc}|\p{Cf}|\p{Zl}|\p{Zp}/u;

describe('visible text', () => {
  it('is one line without anything invisible, whatever it is made of', () => {
    fc.assert(
      fc.property(hostileText(), (text) => {
        const visible = toVisibleText(text);
        expect(visible).not.toMatch(CONTROL);
        expect(toVisibleText(visible)).toBe(visible);
      }),
    );
  });

  it.each([
    ['adm\u200Bin', 'adm\uFFFDin'],
    ['adm\u00ADin', 'adm\uFFFDin'],
    ['\u2800', '\uFFFD'],
    ['dana\u{1D159}', 'dana\uFFFD'],
    ['a\r\n\tb', 'a b'],
    ['a\u00A0b', 'a b'],
    ['\u2764\uFE0F', '\u2764'],
    ['\uD800', '\uFFFD'],
    ['M\u00FCller \u674E \u0410\u043D\u043D\u0430', 'M\u00FCller \u674E \u0410\u043D\u043D\u0430'],
  ])('of %j is %j', (text, visible) => {
    expect(toVisibleText(text)).toBe(visible);
  });

  it('keeps at most four marks on one letter', () => {
    expect(toVisibleText(`Z${'\u0351'.repeat(9)}`)).toBe(`Z${'\u0351'.repeat(4)}`);
  });
});

describe('HTML', () => {
  it('text has no markup left and reads the same once decoded', () => {
    for (const text of HOSTILE_TEXTS) {
      expect(html(text)).not.toMatch(/[<>"']|&(?!(?:amp|lt|gt|quot|apos|#39);)/);
    }
  });

  it.each([
    ['https://example.com/?a=1&b="', 'https://example.com/?a=1&amp;b=%22'],
    ['javascript:alert(1)', null],
    ['data:text/html,x', null],
    ['//example.com', null],
  ])('address %s becomes %s', (url, href) => {
    expect(htmlHref(url)?.html ?? null).toBe(href);
  });

  it('template escapes every value that no template made', () => {
    const inner = markup`<b>${'<i>'}</b>`;
    expect(markup`<p title="${'"x"'}">${inner}${[inner, inner]}${3}${null}</p>`.html).toBe(
      '<p title="&quot;x&quot;"><b>&lt;i&gt;</b><b>&lt;i&gt;</b>\n<b>&lt;i&gt;</b>3</p>',
    );
  });

  it('program that would end its element is refused', () => {
    expect(() => htmlRawText('a</script>b')).toThrow(RangeError);
    expect(() => htmlRawText('a<!--b')).toThrow(RangeError);
    expect(htmlRawText('a < b').html).toBe('a < b');
  });

  it('JSON in a script element cannot end it and parses to the same value', () => {
    for (const text of HOSTILE_TEXTS) {
      const written = htmlJson({ text }).html;
      expect(written).not.toMatch(/[<>&\u2028\u2029]/);
      expect(JSON.parse(written)).toEqual(JSON.parse(JSON.stringify({ text })));
    }
  });
});

describe('CSV', () => {
  it('holds no cell that a spreadsheet calculates', () => {
    const lines = csv(
      ['text'],
      HOSTILE_TEXTS.map((text) => [`${text}`]),
    ).split('\r\n');
    for (const line of lines.slice(1))
      expect(line).not.toMatch(/^"?[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/);
  });

  it.each([
    ['=1+1', "'=1+1"],
    ['  =1+1', "'=1+1"],
    ['-2+3', "'-2+3"],
    ['a,b', '"a,b"'],
    ['a"b', '"a""b"'],
    ['a\nb', 'a b'],
    ['a;=1+1', `"a;'=1+1"`],
    ['a; \uFF1D1', `"a; '\uFF1D1"`],
    ['a;=1;=2', `"a;'=1;'=2"`],
    ['a;"=1+1;b', `"a;""'=1+1;b"`],
    ['a; b', '"a; b"'],
  ])('%j is written %s', (text, cell) => {
    expect(csv(['text'], [[text]])).toBe(`\uFEFFtext\r\n${cell}\r\n`);
  });

  it('is read back as its visible text by a reader of CSV', () => {
    fc.assert(
      fc.property(fc.array(hostileText(), { minLength: 2, maxLength: 2 }), (texts) => {
        const [header, row] = parse(csv(['one', 'two'], [texts]), { bom: true });
        expect(header).toEqual(['one', 'two']);
        const read = (row ?? []).map((text: string) => text.replace(/(^|;[" ]*)'/g, '$1'));
        const shown = texts.map((text) => toVisibleText(text).replace(/(^|;[" ]*)'/g, '$1'));
        expect(read).toEqual(shown);
      }),
      { numRuns: 300 },
    );
  });

  it('leaves numbers, also negative ones, as they are', () => {
    expect(csv(['a', 'b', 'c'], [[-5, true, null]])).toBe('\uFEFFa,b,c\r\n-5,true,\r\n');
  });
});

describe('Mermaid', () => {
  it('takes ids for labels and nothing else', () => {
    expect(mermaidId('F-7Q2K4M9X')).toBe('F-7Q2K4M9X');
    for (const text of [...HOSTILE_TEXTS, 'F-7Q2K4M9X :crit', 'F-7Q2K4M9X\nclick']) {
      expect(mermaidId(text)).toBeNull();
    }
  });

  it('has no label that means something to it', () => {
    for (const label of Object.values(MERMAID_LABELS)) expect(label).toMatch(/^[A-Za-z ,]+$/);
  });

  it('writes minutes', () => {
    expect(mermaidTime(Date.parse('2022-01-18T14:05:59Z'))).toBe('2022-01-18T14:05');
  });
});

describe('the output of a runner', () => {
  it('holds no workflow command', () => {
    fc.assert(
      fc.property(hostileText(), (text) => {
        const line = toRunnerLine(text);
        expect(line).not.toMatch(/^\s*::/);
        expect(line).not.toContain('##[');
        expect(line).not.toMatch(/[\r\n]/);
      }),
    );
  });
});

it.each([
  ['::error::x', ': :error::x'],
  ['  ::set-output', '  : :set-output'],
  ['from 2001:db8::1', 'from 2001:db8::1'],
  ['Window    2026-11-16', 'Window    2026-11-16'],
])('the line %j reaches a runner as %j', (text, line) => {
  expect(toRunnerLine(text)).toBe(line);
});

describe('a terminal', () => {
  it('gets no escape sequence', () => {
    fc.assert(
      fc.property(hostileText(), (text) => {
        expect(terminal(text)).not.toMatch(CONTROL);
      }),
    );
    expect(terminal('\u001B[31mred')).toBe('\uFFFD[31mred');
  });
});
