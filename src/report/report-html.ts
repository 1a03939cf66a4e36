import { createHash } from 'node:crypto';
import type { JudgedAudit } from '../model/judged-audit.ts';
import type { RunIdentity } from '../model/run-identity.ts';
import { htmlRawText, markup } from './escape/html.ts';
import { hideTypedLogins } from './hide-typed-logins.ts';
import { htmlFindings } from './html/html-findings.ts';
import {
  htmlChecks,
  htmlCoverage,
  htmlFacts,
  htmlFooter,
  htmlSupport,
  htmlVerdict,
} from './html/html-sections.ts';
import { PAGE_STYLE } from './html/page-style.ts';
import { renderIssueTitle } from './issue-title.ts';
import type { EvidenceJson } from './report-json-document.ts';

export interface ReportHtmlInput {
  readonly judged: JudgedAudit;
  readonly identity: RunIdentity;
  readonly evidence: EvidenceJson | null;
}

/** `report.html`: one file that asks nothing of any network, for people who would rather look than read. */
export function renderReportHtml({
  judged: unguarded,
  identity,
  evidence,
}: ReportHtmlInput): string {
  const judged = hideTypedLogins(unguarded);
  const title = renderIssueTitle(judged);
  const policy = `default-src 'none'; style-src 'sha256-${hash(PAGE_STYLE)}'; base-uri 'none'; form-action 'none'`;
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${htmlRawText(PAGE_STYLE)}</style>
</head>
<body>
<main>
<h1>${title}</h1>
${htmlVerdict(judged)}
${htmlFacts(judged, identity)}
${htmlSupport(judged)}
${htmlFindings(judged)}
${htmlChecks(judged)}
${htmlCoverage(judged)}
</main>
${htmlFooter({ judged, identity, evidence })}
</body>
</html>
`.html;
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}
