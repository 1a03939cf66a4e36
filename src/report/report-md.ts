import { type DocumentInput, renderDocument } from './markdown/render-document.ts';

/** `report.md`: what the issue says, unabridged, without boxes. */
export function renderReportMd(input: DocumentInput): string {
  return renderDocument(input, Number.POSITIVE_INFINITY);
}
