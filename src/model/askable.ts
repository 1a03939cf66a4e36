/** Whom a finding's reader should ask first. */
export const ASKABLE = ['actor', 'target', 'administrators'] as const;
export type Askable = (typeof ASKABLE)[number];

/** What to ask where no single person can answer, so that it can follow "Ask". */
export const ASK_ADMINISTRATORS = 'the administrators of the tenant whether they know of this';
