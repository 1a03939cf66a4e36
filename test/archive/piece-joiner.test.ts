import { expect, it } from 'vitest';
import { createPieceJoiner } from '../../src/sources/archive/framing/piece-joiner.ts';

const RECORD = JSON.stringify({ eventType: 'a.b', displayMessage: 'x'.repeat(80) });
const PIECES = [`P ${RECORD.slice(0, 40)}`, `P ${RECORD.slice(40, 80)}`, `F ${RECORD.slice(80)}`];

/** Joins lines of a container of which no more than one record and a half may wait, and gives what came at once and in the end. */
function join(lines: readonly string[]): { atOnce: string[]; atEnd: string[] } {
  const handed: string[] = [];
  const joiner = createPieceJoiner(
    ({ bytes }) => handed.push(bytes.toString()),
    RECORD.length * 1.5,
  );
  for (const [offset, line] of lines.entries()) {
    joiner.take({ bytes: Buffer.from(toLine(line)), offset, isTorn: false });
  }
  const atOnce = handed.splice(0);
  joiner.end();
  return { atOnce, atEnd: handed };
}

function toLine(piece: string): string {
  return `2022-01-16T10:00:00.123456789Z stdout ${piece}`;
}

it('joins any number of records, one behind the other', () => {
  const lines = Array.from({ length: 5 }, () => PIECES).flat();
  expect(join(lines)).toEqual({ atOnce: Array.from({ length: 5 }, () => RECORD), atEnd: [] });
});

it('waits for no end of pieces that are too large for a record', () => {
  const endless = Array.from({ length: 7 }, () => PIECES[0] ?? '');
  const { atOnce, atEnd } = join(endless);
  expect([...atOnce, ...atEnd]).toEqual(endless.map(toLine));
  expect(atOnce).toHaveLength(5);
});
