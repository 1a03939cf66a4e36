import { buildReportPage, type ReportPageFiles } from '../scripts/build-report-page.ts';
import { NO_NEWS } from '../src/model/audit-news.ts';
import { renderEvidence } from '../src/report/evidence-ndjson.ts';
import { renderFindingsCsv } from '../src/report/findings-csv.ts';
import { renderFindingsOcsf } from '../src/report/findings-ocsf.ts';
import { renderIssueComment } from '../src/report/issue-comment.ts';
import { renderReportHtml } from '../src/report/report-html.ts';
import { renderReportJson } from '../src/report/report-json.ts';
import { renderReportPages } from '../src/report/report-pages.ts';
import { renderTerminal } from '../src/report/terminal.ts';
import { answerOf, renderBody } from '../test/report/render-sample.ts';
import { SAMPLE_EVIDENCE, SAMPLE_IDENTITY } from '../test/report/sample-audit.ts';
import { largeAudit } from '../test/report/sample-stories.ts';

const FINDINGS = 2_000;
const ROUNDS = 5;
/** CPU time of the first rendering of everything in a fresh process, as a run pays it. */
const LIMIT_MS = 500;

/** Measures the CPU time of every rendering of 2,000 findings with three events each, cold and then warm. */
export async function benchReport(): Promise<void> {
  const assets = await buildReportPage();
  const renderings = listRenderings(assets);
  console.log(`report: ${FINDINGS} findings`);
  const cold = renderings.map(({ name, render }) => ({ name, ...measure(render) }));
  const warm = renderings.map(({ render }) =>
    median(Array.from({ length: ROUNDS }, () => measure(render).ms)),
  );
  for (const [index, { name, ms, size }] of cold.entries()) {
    console.log(
      `  ${name.padEnd(22)} ${ms.toFixed(0).padStart(5)} ms cold ${(warm[index] ?? 0).toFixed(0).padStart(5)} ms warm ${(size / 1e3).toFixed(0).padStart(7)} kB`,
    );
  }
  console.log(
    `  (at this moment the machine adds 100 million times in ${measureMachine().toFixed(0)} ms)`,
  );
  const total = cold.reduce((sum, { ms }) => sum + ms, 0);
  const verdict = total <= LIMIT_MS ? 'ok' : 'TOO SLOW';
  console.log(`  everything: ${total.toFixed(0)} ms of CPU (at most ${LIMIT_MS}: ${verdict})`);
}

interface Rendering {
  readonly name: string;
  readonly render: () => string;
}

function listRenderings(assets: ReportPageFiles): Rendering[] {
  const judged = largeAudit(FINDINGS);
  const answer = answerOf(judged);
  const page = { ...answer, completeThroughMs: null };
  const news = { ...NO_NEWS, newFindings: judged.findings.map(({ id }) => id) };
  return [
    { name: 'issue', render: () => renderBody(judged).body },
    { name: 'comment', render: () => renderIssueComment({ ...answer, news, mentions: [] }) ?? '' },
    {
      name: 'report.json',
      render: () =>
        renderReportJson({ judged, identity: SAMPLE_IDENTITY, evidence: SAMPLE_EVIDENCE }),
    },
    {
      name: 'report.md and summary',
      render: () => Object.values(renderReportPages(page)).join(''),
    },
    { name: 'report.html', render: () => renderReportHtml({ ...answer, assets }) },
    { name: 'findings.csv', render: () => renderFindingsCsv({ judged }) },
    { name: 'findings.ocsf.ndjson', render: () => [...renderFindingsOcsf(answer)].join('') },
    { name: 'evidence.ndjson', render: () => [...renderEvidence(judged)].join('') },
    {
      name: 'terminal',
      render: () => renderTerminal({ judged, minimumSeverity: 'low', focus: [] }),
    },
  ];
}

function measure(render: () => string): { ms: number; size: number } {
  const before = process.cpuUsage();
  const text = render();
  const { user, system } = process.cpuUsage(before);
  return { ms: (user + system) / 1_000, size: Buffer.byteLength(text) };
}

function median(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[values.length >> 1] ?? 0;
}

/** Says how much of its speed the machine has left for us, without which the numbers above mean little. */
function measureMachine(): number {
  const { ms } = measure(() => {
    let sum = 0;
    for (let index = 0; index < 1e8; index += 1) sum = (sum + index) | 0;
    return String(sum);
  });
  return ms;
}

if (import.meta.main) await benchReport();
