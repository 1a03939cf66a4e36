/** Whom a finding's reader should ask first. */
export const ASKABLE = ['actor', 'target', 'administrators'] as const;
export type Askable = (typeof ASKABLE)[number];
