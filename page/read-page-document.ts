import type { PageDocument } from '../src/report/html/page-document.ts';
import { findElement } from './create-element.ts';

/** Reads what the report wrote into its own page. */
export function readPageDocument(): PageDocument {
  return JSON.parse(findElement('report-data').textContent ?? '');
}
