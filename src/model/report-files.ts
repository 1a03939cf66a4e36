/** How the files of a report are called, in `report-directory` and wherever it is copied to. */
export const REPORT_FILES = {
  evidence: 'evidence.ndjson',
  json: 'report.json',
  markdown: 'report.md',
  html: 'report.html',
  csv: 'findings.csv',
  ocsf: 'findings.ocsf.ndjson',
} as const;
