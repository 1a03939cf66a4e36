import type { Repository } from '../model/audit-plan.ts';

/** Where an audit runs: what a workflow or a terminal says about itself. */
export interface Surroundings {
  /** What relative paths are relative to; absolute. */
  readonly workingDirectory: string;
  readonly githubApiUrl: string;
  /** The repository that the workflow runs in, with either face; null on a terminal. */
  readonly workflowRepository: Repository | null;
  /** The program's own file, from which it may start threads; left out where it is not one file. */
  readonly programFile?: string | undefined;
  /** Parses every record of an archive. */
  readonly isStrict?: boolean;
  /** Where what is pulled from Okta is kept for later audits; absolute. */
  readonly archiveDirectory?: string | undefined;
}
