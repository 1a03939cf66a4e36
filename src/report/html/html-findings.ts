import type { Finding } from '../../model/finding.ts';
import { formatCount } from '../../model/format-count.ts';
import type { JudgedAudit } from '../../model/judged-audit.ts';
import { markup, NO_HTML, type SafeHtml } from '../escape/html.ts';
import { renderSuppressionYaml } from '../suppression-yaml.ts';
import { describeCircumstances } from '../words/describe-circumstances.ts';
import { listToldFacts } from '../words/describe-fact.ts';
import { describeMissingEvents } from '../words/describe-missing-events.ts';
import { describeQuery } from '../words/describe-query.ts';
import { formatSecond, formatSpan } from '../words/format-time.ts';
import { readEventRow } from '../words/read-event-row.ts';
import { htmlCode, htmlTable, htmlTime } from './html-table.ts';

/** Every finding, folded, with its story and events. */
export function htmlFindings(judged: JudgedAudit): SafeHtml {
  if (judged.findings.length === 0) {
    return markup`<section><h2>Findings</h2><p>There are none.</p></section>`;
  }
  return markup`<section><h2>${formatCount(judged.findings.length, 'finding')}</h2>
${judged.findings.map((finding) => htmlFinding(finding, judged.generatedAtMs))}
</section>`;
}

function htmlFinding(finding: Finding, generatedAtMs: number): SafeHtml {
  return markup`<details id="${finding.id}"><summary><strong>${finding.id}</strong> · <span class="severity ${finding.severity}">${finding.severity}</span> · ${finding.role} · ${finding.status} · ${finding.title}<br><span class="soft">${finding.summary}</span></summary>
${htmlStory(finding, generatedAtMs)}
</details>`;
}

/** What happened, why it matters, what speaks for and against it, whom to ask, what to look at, and the evidence. */
function htmlStory(finding: Finding, generatedAtMs: number): SafeHtml {
  const { speaksFor, speaksAgainst } = describeCircumstances(finding.circumstances);
  const yaml = renderSuppressionYaml(finding, generatedAtMs);
  return markup`<p>${finding.description}</p>
<dl>
${pair('When', formatSpan(finding.firstSeenMs, finding.lastSeenMs))}
${pair('For', speaksFor.join('; '))}
${pair('Against', speaksAgainst.join('; '))}
${pair('May be harmless', finding.falsePositives.join(' '))}
${pair('Confidence', finding.confidence)}
${pair('Ask', finding.askWhom)}
${pair('ATT&CK', finding.techniques.join(', '))}
${pair('Also seen by', finding.alsoSeenBy.join(', '))}
${pair('Suppressed', finding.suppressedBy ?? '')}
${listToldFacts(finding).map(({ name, value }) => pair(name, value))}
</dl>
${finding.nextSteps.length === 0 ? NO_HTML : markup`<p>Then:</p><ul>${finding.nextSteps.map((step) => markup`<li>${step}</li>`)}</ul>`}
${htmlQuery(finding, generatedAtMs)}
${finding.events.length === 0 ? markup`<p>${describeMissingEvents(finding)}</p>` : htmlEvents(finding)}
${yaml === null ? NO_HTML : markup`<p>To stop hearing about exactly this:</p><pre>${yaml.split('\n').map(htmlLine)}</pre>`}`;
}

function htmlQuery(finding: Finding, generatedAtMs: number): SafeHtml {
  if (finding.query === '') return NO_HTML;
  const { label, filter } = describeQuery(finding, generatedAtMs);
  return markup`<p>${label}</p><pre>${filter}</pre>`;
}

function htmlEvents(finding: Finding): SafeHtml {
  return htmlTable(
    `Events of ${finding.id}`,
    ['time (UTC)', 'event', 'outcome', 'by', 'on', 'from', 'place', 'with'],
    finding.events.map((event) => {
      const row = readEventRow(event);
      return [
        htmlTime(formatSecond(row.atMs)),
        htmlCode(row.eventType),
        htmlCode(row.outcome),
        htmlCode(row.actor),
        htmlCode(row.target),
        htmlCode(row.address),
        htmlCode(row.place),
        htmlCode(row.userAgent),
      ];
    }),
  );
}

/** A line of a block with the indentation that its format needs. */
function htmlLine(line: string): SafeHtml {
  const indentation = { html: /^ */.exec(line)?.[0] ?? '' };
  return markup`${indentation}${line}`;
}

function pair(name: string, text: string): SafeHtml {
  return text === '' ? NO_HTML : markup`<dt>${name}</dt><dd>${text}</dd>`;
}
