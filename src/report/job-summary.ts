import { type DocumentInput, renderDocument } from './markdown/render-document.ts';

/**
 * GitHub drops the summary of a step as a whole where it is larger than a mebibyte.
 * Source: https://docs.github.com/actions/reference/workflow-commands-for-github-actions#step-isolation-and-limits
 */
const JOB_SUMMARY_BUDGET_BYTES = 900_000;

/** The job summary: the same text as `report.md`, shortened only where it would outgrow its limit. */
export function renderJobSummary(input: DocumentInput & { readonly budgetBytes?: number }): string {
  return renderDocument(input, input.budgetBytes ?? JOB_SUMMARY_BUDGET_BYTES);
}
