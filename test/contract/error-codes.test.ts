import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AuditError, ERROR_CODES, toAuditError } from '../../src/errors.ts';

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
});
