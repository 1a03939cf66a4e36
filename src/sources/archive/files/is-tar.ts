const MARK = 'ustar';
const MARK_AT = 257;

/** Says whether bytes are the front of a tar archive; those of the time before POSIX have no mark. */
export function isTar(front: Buffer): boolean {
  return front.toString('latin1', MARK_AT, MARK_AT + MARK.length) === MARK;
}
