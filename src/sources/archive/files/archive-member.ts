/** A file that somebody named as an archive, or found below a folder. */
export interface ArchiveFile {
  readonly path: string;
  /** The path as a person would write it from the working directory. */
  readonly name: string;
  readonly bytes: number;
}

/** Where bytes lie in a file; open ends mean all of it. */
export interface StoredRange {
  readonly path: string;
  readonly start?: number;
  /** The last byte, included. */
  readonly end?: number;
}

/** One stretch of bytes that holds records: a file, an entry of a zip file, or a piece of a large file. Plain data, so that it can go to a worker. */
export interface ArchiveMember {
  /** The path as a person would write it from the working directory, with an entry's name behind a colon. */
  readonly name: string;
  /** Size as stored, for progress. */
  readonly bytes: number;
  readonly range: StoredRange;
  /** Set for an entry of a zip file: whether it is deflated, and the CRC-32 of what is in it. */
  readonly entry?: { readonly isDeflated: boolean; readonly crc32: number };
  /** Set for a piece of a file: whole lines, and the id of the format that the file's first lines have. */
  readonly piece?: { readonly format: string; readonly isFirst: boolean };
}
