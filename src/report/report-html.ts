import { createHash } from 'node:crypto';
import type { JudgedAudit } from '../model/judged-audit.ts';
import type { RunIdentity } from '../model/run-identity.ts';
import type { Severity } from '../model/severity.ts';
import { htmlJson, htmlRawText, markup, NO_HTML, type SafeHtml } from './escape/html.ts';
import { hideTypedLogins } from './hide-typed-logins.ts';
import { htmlFacts, htmlStatus } from './html/html-facts.ts';
import { htmlFindings } from './html/html-findings.ts';
import { htmlFirstSteps } from './html/html-first-steps.ts';
import { htmlInvestigations } from './html/html-investigations.ts';
import {
  htmlChecks,
  htmlCoverage,
  htmlFooter,
  htmlSupport,
  htmlVerdict,
} from './html/html-sections.ts';
import { HTML_FINDINGS_FRAME, htmlTimeline } from './html/html-timeline.ts';
import { PAGE_STYLE } from './html/page-style.ts';
import { toPageDocument } from './html/to-page-document.ts';
import { renderIssueTitle } from './issue-title.ts';
import type { EvidenceJson } from './report-json-document.ts';

/** The page's own program and style sheet, as the build made them. */
export interface ReportPageAssets {
  readonly program: string;
  readonly style: string;
}

export interface ReportHtmlInput {
  readonly judged: JudgedAudit;
  /** What is below it is in the list, which has a filter, and nobody is asked to begin with it. */
  readonly minimumSeverity: Severity;
  readonly identity: RunIdentity;
  readonly evidence: EvidenceJson | null;
  /** Null or missing makes a plain page of folded findings, without timeline and search. */
  readonly assets?: ReportPageAssets | null;
}

/**
 * `report.html`: one file that asks nothing of any network, for people who would rather look than read.
 * With its program it draws a timeline and a list to search; the answer itself is readable without.
 */
export function renderReportHtml(input: ReportHtmlInput): string {
  const judged = hideTypedLogins(input.judged);
  const title = renderIssueTitle(judged);
  const assets = input.assets ?? null;
  const style = `${PAGE_STYLE}${assets?.style ?? ''}`;
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${writePolicy(style, assets)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${htmlRawText(style)}</style>
</head>
<body>
<main>
<h1>${title}</h1>
${htmlStatus(judged, input.identity)}
${htmlVerdict(judged)}
${htmlFacts(judged, input.minimumSeverity)}
${htmlFirstSteps(judged, input.minimumSeverity)}
${assets === null ? NO_HTML : htmlTimeline()}
${htmlSupport(judged)}
${assets === null ? htmlFindings(judged) : HTML_FINDINGS_FRAME}
${htmlInvestigations(judged)}
${htmlChecks(judged)}
${htmlCoverage(judged)}
</main>
${htmlFooter({ ...input, judged })}
${assets === null ? NO_HTML : htmlProgram(judged, assets)}
</body>
</html>
`.html;
}

function writePolicy(style: string, assets: ReportPageAssets | null): string {
  const program = assets === null ? '' : ` script-src 'sha256-${hash(assets.program)}';`;
  return `default-src 'none'; style-src 'sha256-${hash(style)}';${program} base-uri 'none'; form-action 'none'`;
}

function htmlProgram(judged: JudgedAudit, { program }: ReportPageAssets): SafeHtml {
  return markup`<script type="application/json" id="report-data">${htmlJson(toPageDocument(judged))}</script>
<script>${htmlRawText(program)}</script>`;
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}
