import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AuditError, ERROR_CODES, toAuditError } from '../../src/errors.ts';
import { unreadable } from '../../src/sources/archive/files/unreadable.ts';

const GUIDE = readFileSync(join(import.meta.dirname, '../../docs/TROUBLESHOOTING.md'), 'utf8');

describe('errors', () => {
  it('have a heading each in the troubleshooting guide, and no other heading is there', () => {
    const headings = [...GUIDE.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
    expect(headings.toSorted()).toEqual([...ERROR_CODES].toSorted());
  });

  it('pass through unchanged, and anything unforeseen becomes a bug with its cause', () => {
    const known = new AuditError({ code: 'archive-empty', message: 'm', hint: 'h' });
    const unforeseen = new TypeError('x is not a function');
    expect(toAuditError(known)).toBe(known);
    expect(toAuditError(unforeseen)).toMatchObject({ code: 'bug', cause: unforeseen });
  });

  it.skipIf(!existsSync('/dev/full'))(
    'of a full disk are none of ours, wherever they come from',
    () => {
      const full = catchError(() => writeFileSync('/dev/full', 'x'));
      for (const error of [toAuditError(full), unreadable('a.tar', full)]) {
        expect(error).toMatchObject({
          code: 'report-unwritable',
          message: expect.stringContaining('no space left on the machine'),
          hint: expect.stringContaining('temporary files'),
        });
      }
    },
  );
});

function catchError(act: () => void): unknown {
  try {
    act();
  } catch (thrown) {
    return thrown;
  }
  return null;
}
