import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readTicks } from '../../src/memory/read-ticks.ts';

const ID = 'F-7Q2K4M9X';

function read(body: string): unknown {
  const { ticked, unticked } = readTicks(body);
  return { ticked: [...ticked], unticked: [...unticked] };
}

test.each([
  `- [x] **${ID} · high · Password reset** · \`lee\`, 21 January`,
  `- [X] **${ID} · high**`,
  `- [x] \`${ID}\` something`,
  `- [x] ${ID}`,
  `- [x] <!-- ${ID} --> Password reset`,
  `text\r\n- [x] **${ID}**\r\nmore`,
  `\`\`\`yaml\nx\n\`\`\`\n- [x] **${ID}**`,
  `  \`\`\`a\`\`b\`\`\` reset a password.\n- [x] **${ID}**`,
  `It ends with \`\`\`\n- [x] **${ID}**`,
])('%j ticks', (body) => {
  expect(read(body)).toEqual({ ticked: [ID], unticked: [] });
});

test('a box behind a code block ticks, whatever blanks end the block', () => {
  expect(read(`\`\`\`\ntext\n\`\`\` \n- [x] **${ID}**`)).toEqual({ ticked: [ID], unticked: [] });
});

test('an empty box is nobody’s tick and is known as one', () => {
  expect(read(`- [ ] **${ID} · high**\n- [x] **D-0M3ZB8TC · low**`)).toEqual({
    ticked: ['D-0M3ZB8TC'],
    unticked: [ID],
  });
});

describe('nothing else ticks', () => {
  test.each([
    ['a box in quoted text', `> - [x] **${ID}**`],
    ['a box in a deeper list', `  - [x] **${ID}**`],
    ['a box in a code block', `\`\`\`\n- [x] **${ID}**\n\`\`\``],
    ['a box in a code block that never ends', `~~~~\n- [x] **${ID}**`],
    [
      'a box in a code block that holds a shorter fence',
      `\`\`\`\`\n\`\`\`\n- [x] **${ID}**\n\`\`\`\`\``,
    ],
    [
      'a box in a code block that holds the begin of another',
      `\`\`\`\n\`\`\`text\n- [x] **${ID}**\n\`\`\``,
    ],
    ['a box in the middle of a line', `user agent - [x] **${ID}**`],
    ['an id further on in the line', `- [x] see **${ID}**`],
    ['another list mark', `* [x] **${ID}**`],
    ['another letter in the box', `- [y] **${ID}**`],
    ['an id that is too short', '- [x] **F-7Q2K4M9**'],
    ['an id with a letter that ids do not have', '- [x] **F-7Q2K4M9U**'],
    ['an id that goes on', `- [x] **${ID}-more**`],
    ['an id in lower case', `- [x] **${ID.toLowerCase()}**`],
    ['a box of a table', `| - [x] **${ID}** |`],
  ])('%s', (_title, body) => {
    expect(read(body)).toEqual({ ticked: [], unticked: [] });
  });

  test('an id with two boxes, of which one is empty', () => {
    expect(read(`- [ ] **${ID}**\n- [x] **${ID}**`)).toEqual({ ticked: [], unticked: [ID] });
    expect(read(`- [x] **${ID}**\n- [x] **${ID}**`)).toEqual({ ticked: [ID], unticked: [] });
  });
});

test('any text whatever is read without an error, and finds ids alone', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.boolean(), (text, isListed) => {
      const { ticked } = readTicks(isListed ? `- [x] ${text}` : text);
      for (const id of ticked) expect(id).toMatch(/^[FD]-[0-9A-Z]+$/);
    }),
  );
});
