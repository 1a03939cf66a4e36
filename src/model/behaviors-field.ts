/** Where a sign-in says how it compared with what is usual for the person. A check that goes by it needs this field. */
export const BEHAVIORS_FIELD = 'debugContext.debugData.behaviors';
