/** Rises with every change of the stored form that an earlier program could not read. */
export const MEMORY_VERSION = 1;
