import type { ArchiveFormat } from './archive-format.ts';
import { SYSTEM_LOG } from './system-log.ts';

/** Every format that archives are read in; the first that recognises a record reads it. */
export const ARCHIVE_FORMATS: readonly ArchiveFormat[] = [SYSTEM_LOG];

export function recogniseFormat(value: unknown): ArchiveFormat | null {
  return ARCHIVE_FORMATS.find((format) => format.recognise(value)) ?? null;
}
