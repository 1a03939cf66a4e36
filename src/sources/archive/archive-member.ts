/** One stretch of bytes that holds records: a file, or an entry of a zip file. */
export interface ArchiveMember {
  /** The path as a person would write it from the working directory, with an entry's name behind a colon. */
  readonly name: string;
  /** Size as stored, for progress. */
  readonly bytes: number;
  /** Where the bytes lie as they are; null for an entry of a zip file. */
  readonly path: string | null;
  /** True for an entry of a zip file that is deflated. */
  readonly isDeflated: boolean;
  /** Begins the stored bytes anew. */
  open(): AsyncIterable<Buffer>;
}
