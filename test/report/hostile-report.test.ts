import fc from 'fast-check';
import type { Nodes } from 'mdast';
import { describe, expect, it } from 'vitest';
import { NO_NEWS } from '../../src/model/audit-news.ts';
import type { Focus } from '../../src/model/audit-plan.ts';
import type { JudgedAudit } from '../../src/model/judged-audit.ts';
import type { RunIdentity } from '../../src/model/run-identity.ts';
import { capLength, toVisibleText } from '../../src/report/escape/visible-text.ts';
import { toRunnerLine } from '../../src/report/escape/workflow-command.ts';
import { renderFindingsCsv } from '../../src/report/findings-csv.ts';
import { renderIssueComment } from '../../src/report/issue-comment.ts';
import { noteFailedAttempt } from '../../src/report/issue-status.ts';
import { renderIssueTitle } from '../../src/report/issue-title.ts';
import { renderReportJson } from '../../src/report/report-json.ts';
import { renderReportPages } from '../../src/report/report-pages.ts';
import { renderTerminal } from '../../src/report/terminal.ts';
import { hostileAudit, hostileIdentity, takeTurns } from './hostile-audit.ts';
import { HOSTILE_TEXTS, hostileText } from './hostile-text.ts';
import { listGithubReferences, listNodes, readMarkdown } from './read-markdown.ts';
import { answerOf, listBoxes, renderBody } from './render-sample.ts';
import { SAMPLE_EVIDENCE, SAMPLE_IDENTITY, sampleAudit } from './sample-audit.ts';

const OURS = [
  /^<details><summary>[A-Za-z0-9 ,:;()'-]+<\/summary>$/,
  /^<\/details>$/,
  /^<\/?sub>$/,
  /^<!-- okta-audit:[a-z]+(?:=[0-9a-f]{16} text=[0-9a-f]{16})? -->$/,
  /^<!-- okta-tenant-audit:v1 [\w= ]+ -->$/,
];
const OUR_HEADINGS =
  /^(?:What to do first|What changed on .*|What was not read|Support access|Findings \(.*\)|Evidence|To review|Acknowledged|Investigations|What was looked at|How to review|Okta (?:audit|incident lookback): .*)$/s;

/** Everything in rendered Markdown that the report did not put there itself. */
function listForeignNodes(nodes: readonly Nodes[]): string[] {
  const foreign: string[] = [];
  for (const node of nodes) {
    if (
      node.type === 'html' &&
      !node.value.split('\n').every((line) => OURS.some((form) => form.test(line.trim())))
    ) {
      foreign.push(`html ${node.value}`);
    }
    if (node.type === 'link' && !node.url.startsWith('https://github.com/acme/'))
      foreign.push(`link ${node.url}`);
    if (
      [
        'image',
        'imageReference',
        'linkReference',
        'definition',
        'footnoteReference',
        'footnoteDefinition',
        'delete',
        'thematicBreak',
      ].includes(node.type)
    ) {
      foreign.push(node.type);
    }
    if (node.type === 'heading' && !OUR_HEADINGS.test(toText(listNodes(node)))) {
      foreign.push(`heading ${toText(listNodes(node))}`);
    }
    if (node.type === 'text') foreign.push(...listGithubReferences(node.value));
    if (node.type === 'code' && node.lang === 'mermaid')
      foreign.push(...listForeignLines(node.value));
  }
  return foreign;
}

function toText(nodes: readonly Nodes[]): string {
  return nodes.flatMap((node) => ('value' in node ? [node.value] : [])).join('');
}

const MERMAID_LINE =
  /^(?:gantt|dateFormat YYYY-MM-DDTHH:mm|axisFormat %d %b(?: %H:%M)?|section [A-Za-z ]+|[A-Za-z, ]+ :(?:done|active|crit), [\dT:-]+, [\dT:-]+|F-[0-9A-Z]+ :milestone, [\dT:-]+, 0m)$/;

function listForeignLines(diagram: string): string[] {
  return diagram.split('\n').filter((line) => !MERMAID_LINE.test(line.trim()));
}

const SURFACES: readonly [string, (judged: JudgedAudit, identity?: RunIdentity) => string][] = [
  [
    'the issue',
    (judged, identity) =>
      renderBody(judged, { ...(identity && { identity }), budgetBytes: 1e6 }).body,
  ],
  [
    'report.md',
    (judged, identity = SAMPLE_IDENTITY) =>
      renderReportPages({ ...answerOf(judged), identity, completeThroughMs: null }).reportMd,
  ],
  [
    'the job summary, cut',
    (judged, identity = SAMPLE_IDENTITY) =>
      renderReportPages({
        ...answerOf(judged),
        identity,
        completeThroughMs: null,
        summaryBudgetBytes: 60_000,
      }).jobSummary,
  ],
  [
    'the status line of a failed attempt',
    (judged, identity) =>
      noteFailedAttempt(renderBody(sampleAudit()).body, {
        atMs: judged.generatedAtMs,
        run: identity?.run ?? null,
        message: `The log of ${judged.tenant} cannot be read: ${judged.checks[0]?.reasons}`,
      }),
  ],
  [
    'the comment',
    (judged) =>
      renderIssueComment({
        ...answerOf(judged),
        news: {
          ...NO_NEWS,
          newFindings: ['F-EV1DENCE', 'F-REV1EWXX'],
          coverageLost: true,
          supportAccessEnabled: true,
        },
        mentions: [],
      }) ?? '',
  ],
];

describe.each(SURFACES)('%s', (name, render) => {
  it('holds nothing that came to life from the log', () => {
    fc.assert(
      fc.property(fc.array(hostileText(), { minLength: 1, maxLength: 12 }), (texts) => {
        const next = takeTurns(texts);
        const markdown = render(hostileAudit(next), hostileIdentity(next));
        const nodes = listNodes(readMarkdown(markdown));
        expect(listForeignNodes(nodes)).toEqual([]);
        if (name === 'the issue') expect(listBoxes(markdown)).toEqual(OUR_BOXES);
        expect(countBoxes(nodes)).toBe(name === 'the issue' ? OUR_BOXES.length : 0);
      }),
      { numRuns: 10 },
    );
  });

  it('survives each payload in every field, and stays readable and searchable', () => {
    for (const text of HOSTILE_TEXTS) {
      const identity = hostileIdentity(() => text);
      const nodes = listNodes(
        readMarkdown(
          render(
            hostileAudit(() => text),
            identity,
          ),
        ),
      );
      expect(listForeignNodes(nodes), text).toEqual([]);
      if (text.includes('\\|')) continue;
      const shown = capLength(toVisibleText(text), 200).slice(0, 100);
      expect(toText(nodes), text).toContain(shown);
    }
  });
});

const OUR_BOXES: [string, string][] = [
  [' ', 'F-EV1DENCE'],
  [' ', 'F-REV1EWXX'],
  ['x', 'F-ACKN0WED'],
];

function countBoxes(nodes: readonly Nodes[]): number {
  return nodes.filter((node) => node.type === 'listItem' && typeof node.checked === 'boolean')
    .length;
}

describe('other surfaces', () => {
  const judged = hostileAudit(takeTurns(HOSTILE_TEXTS));
  const tell = (told: JudgedAudit): string =>
    renderTerminal({ judged: told, minimumSeverity: 'low', focus: listFocus(told) });
  const listFocus = ({ investigations }: JudgedAudit): Focus[] =>
    investigations.users.map(({ subject }) => ({
      kind: 'user',
      value: subject.slice('user:'.length),
    }));

  it('terminal lines hold no control character and no line of the log', () => {
    const lines = tell(judged).split('\n');
    for (const line of lines) expect(line).not.toMatch(/\p{Cc}|\p{Cf}/u);
  });

  it('the log of a runner holds no command, with each payload in every field', () => {
    for (const text of HOSTILE_TEXTS) {
      const lines = tell(hostileAudit(() => text)).split('\n');
      for (const line of lines.map(toRunnerLine)) expect(line, text).not.toMatch(/^\s*::|##\[/);
    }
  });

  it('CSV keeps one line for each finding', () => {
    expect(renderFindingsCsv({ judged }).split('\r\n')).toHaveLength(judged.findings.length + 2);
  });

  it('JSON parses and shows no invisible character', () => {
    const text = renderReportJson({ judged, identity: SAMPLE_IDENTITY, evidence: SAMPLE_EVIDENCE });
    expect(() => JSON.parse(text)).not.toThrow();
    expect(text.replaceAll('\n', '')).not.toMatch(/\p{Cc}|\p{Cf}/u);
  });

  it('a title mentions nobody and stays short', () => {
    for (const text of HOSTILE_TEXTS) {
      const { scope } = sampleAudit();
      const title = renderIssueTitle({ scope: { ...scope, title: text }, tenant: 'acme.okta.com' });
      expect(title).not.toContain('@');
      expect(title).not.toMatch(/\p{Cc}|\p{Cf}/u);
      expect([...title].length).toBeLessThan(256);
    }
  });
});
