/** One earlier text of a body. */
export interface BodyEdit {
  readonly editedAt: string;
  readonly body: string;
}

export interface WritingQuestion {
  /** The body that the draft was made from, and GitHub's time of its last change. */
  readonly before: { readonly body: string; readonly updatedAt: string };
  readonly written: string;
  readonly readBack: {
    readonly body: string;
    /** Newest first; empty where GitHub did not tell. */
    readonly edits: readonly BodyEdit[];
  };
}

export type WritingResult =
  | { readonly kind: 'kept' }
  /** Something stands that the draft did not know: decide again from `body`. */
  | { readonly kind: 'decide-again'; readonly body: string; readonly reason: LostReason };

type LostReason =
  /** GitHub kept the text that it had. */
  | 'old-body-kept'
  /** Somebody's text from before our writing replaced it. */
  | 'overwritten-by-other'
  /** Our writing replaced what somebody changed between our reading and our writing. */
  | 'other-overwritten';

/** Compares what was written with what stands, so that neither our text nor a reviewer's tick is lost. */
export function judgeWriting({ before, written, readBack }: WritingQuestion): WritingResult {
  if (isSameText(readBack.body, written)) {
    const overwritten = findOverwritten({ before, written, readBack });
    if (overwritten === null) return { kind: 'kept' };
    return { kind: 'decide-again', body: overwritten, reason: 'other-overwritten' };
  }
  if (isSameText(readBack.body, before.body)) {
    const stoodOnce = readBack.edits.some((edit) => isSameText(edit.body, written));
    const isUntouched = !stoodOnce && readBack.body.trimEnd() === before.body.trimEnd();
    const reason = isUntouched ? 'old-body-kept' : 'overwritten-by-other';
    return { kind: 'decide-again', body: readBack.body, reason };
  }
  if (isOnTopOf(readBack.body, written)) return { kind: 'kept' };
  return { kind: 'decide-again', body: readBack.body, reason: 'overwritten-by-other' };
}

/** The newest text between the one we read and the one we wrote, if somebody made one. */
function findOverwritten({ before, written, readBack }: WritingQuestion): string | null {
  const ours = readBack.edits.findIndex((edit) => isSameText(edit.body, written));
  if (ours < 0) return null;
  for (const edit of readBack.edits.slice(ours + 1)) {
    const isOlder = Date.parse(edit.editedAt) < Date.parse(before.updatedAt);
    if (isOlder || edit.body.trimEnd() === before.body.trimEnd()) return null;
    if (!isSameText(edit.body, written)) return edit.body;
  }
  return null;
}

/** A tick on the text that we wrote is no loss: it stands there for the next run. */
export function isSameText(one: string, other: string): boolean {
  return untick(one) === untick(other);
}

function untick(body: string): string {
  return body.replace(/^(\s*[-*+] \[)[xX](?=\])/gm, '$1 ').trimEnd();
}

/** An edit of the text that we wrote still begins with our marker, which no two runs write alike. */
function isOnTopOf(body: string, written: string): boolean {
  const end = written.indexOf('-->');
  return written.startsWith('<!--') && end > 0 && body.startsWith(written.slice(0, end));
}
