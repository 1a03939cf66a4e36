import { appendFile, stat } from 'node:fs/promises';

/**
 * A longer summary of a step is dropped as a whole, with an annotation and without failing the step.
 * Source: https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands#adding-a-job-summary
 */
const MAX_SUMMARY_BYTES = 1024 * 1024;
/** Summaries just below the limit have been seen to vanish: https://github.com/actions/runner/issues/4337 */
const SAFE_SUMMARY_BYTES = 900_000;

export interface JobSummary {
  /** The file that `GITHUB_STEP_SUMMARY` names; null or empty where there is none, as on a terminal. */
  readonly path: string | null;
  readonly markdown: string;
  /** Said instead where the summary has no room for all of it. */
  readonly fallback: string;
}

/** What became of the summary; losing it never stops a run. */
export type JobSummaryResult =
  | { readonly state: 'written' | 'shortened' | 'absent' }
  | { readonly state: 'failed'; readonly reason: string };

/** Appends to the job summary of this step, within GitHub's limit of 1 MiB. */
export async function writeJobSummary(summary: JobSummary): Promise<JobSummaryResult> {
  const { path, markdown, fallback } = summary;
  if (path === null || path === '') return { state: 'absent' };
  try {
    const { size } = await stat(path);
    if (size + Buffer.byteLength(markdown) < SAFE_SUMMARY_BYTES) {
      await appendFile(path, `${markdown}\n`);
      return { state: 'written' };
    }
    const bytes = size + Buffer.byteLength(fallback);
    if (bytes >= MAX_SUMMARY_BYTES) return { state: 'failed', reason: 'the summary is full' };
    await appendFile(path, `${fallback}\n`);
    return { state: 'shortened' };
  } catch (error) {
    return { state: 'failed', reason: error instanceof Error ? error.message : String(error) };
  }
}
