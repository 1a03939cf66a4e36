import { describe, expect, it } from 'vitest';
import { type BodyEdit, judgeWriting } from '../../src/publish/judge-writing.ts';

const OLD = '<!-- run=1 -->\n- [ ] F-1\n- [ ] F-2';
const NEW = '<!-- run=2 -->\n- [ ] F-1\n- [ ] F-2\n- [ ] F-3';
const OLD_TICKED = OLD.replace('[ ] F-1', '[x] F-1');
const BEFORE = { body: OLD, updatedAt: '2026-11-22T02:17:00Z' };

function judge(body: string, edits: readonly BodyEdit[] = []) {
  return judgeWriting({ before: BEFORE, written: NEW, readBack: { body, edits } });
}

function edit(body: string, editedAt = '2026-11-23T02:17:00Z'): BodyEdit {
  return { body, editedAt };
}

describe('judgeWriting', () => {
  it.each([
    ['our text', NEW],
    ['our text with a tick', NEW.replace('[ ] F-1', '[x] F-1')],
    ['our text with an upper-case tick', NEW.replace('[ ] F-1', '[X] F-1')],
    ['our text with blanks at its end', `${NEW}\n \n`],
    ['our text with a note', `${NEW}\nNote by a person`],
  ])('is content with %s', (_, body) => {
    expect(judge(body)).toEqual({ kind: 'kept' });
  });

  it.each([
    ['the old text', OLD, 'old-body-kept'],
    ['the old text with a tick', OLD_TICKED, 'overwritten-by-other'],
    ['the old text with a note', `${OLD}\nNote`, 'overwritten-by-other'],
    ['nothing', '', 'overwritten-by-other'],
  ])('decides again on %s', (_, body, reason) => {
    expect(judge(body)).toEqual({ kind: 'decide-again', body, reason });
  });

  it('tells a text that never stood from one that stood and was replaced', () => {
    expect(judge(OLD, [edit(OLD), edit(NEW), edit(OLD)])).toMatchObject({
      reason: 'overwritten-by-other',
    });
  });

  it('finds the tick that our writing replaced', () => {
    expect(judge(NEW, [edit(NEW), edit(OLD_TICKED), edit(OLD)])).toEqual({
      kind: 'decide-again',
      body: OLD_TICKED,
      reason: 'other-overwritten',
    });
  });

  it('finds the tick that our writing replaced, also below one that came after it', () => {
    const ticked = NEW.replace('[ ] F-2', '[x] F-2');
    expect(judge(ticked, [edit(ticked), edit(NEW), edit(OLD_TICKED), edit(OLD)])).toMatchObject({
      body: OLD_TICKED,
      reason: 'other-overwritten',
    });
  });

  it('takes the newest of several texts that our writing replaced', () => {
    const twice = OLD.replaceAll('[ ]', '[x]');
    expect(judge(NEW, [edit(NEW), edit(twice), edit(OLD_TICKED), edit(OLD)])).toMatchObject({
      body: twice,
    });
  });

  it.each<[string, BodyEdit[]]>([
    ['nobody came between', [edit(NEW), edit(OLD), edit(OLD_TICKED)]],
    ['the history does not yet know our writing', [edit(OLD_TICKED), edit(OLD)]],
    [
      'what came before is older than what we read',
      [edit(NEW), edit(OLD_TICKED, '2026-11-21T00:00:00Z')],
    ],
    ['a tick came after our writing', [edit(NEW.replace('[ ]', '[x]')), edit(NEW), edit(OLD)]],
    ['there is no history', []],
  ])('is content where %s', (_, edits) => {
    expect(judge(NEW, edits)).toEqual({ kind: 'kept' });
  });
});
