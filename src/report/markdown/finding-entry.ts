import type { Finding } from '../../model/finding.ts';
import { code, fencedBlock, prose } from '../escape/markdown.ts';
import { renderSuppressionYaml } from '../suppression-yaml.ts';
import { describeCircumstances } from '../words/describe-circumstances.ts';
import { describeFactName, describeFactValue } from '../words/describe-fact.ts';
import { formatCount } from '../words/format-count.ts';
import { formatSpan } from '../words/format-time.ts';
import { nameParty } from '../words/name-party.ts';
import { renderEventTable } from './event-table.ts';
import type { Piece } from './fit-pieces.ts';
import type { MarkdownContext } from './markdown-context.ts';
import { indent, renderFold } from './table.ts';

const EVENT_ROWS_IN_ISSUE = 10;

/** One finding in five lengths: everything; without its events; without query and suppression; what and whom to ask; one line. */
export function toFindingPiece(context: MarkdownContext, finding: Finding): Piece {
  const compose = (...parts: readonly string[]): string =>
    parts.filter((part) => part !== '').join('\n\n');
  const head = renderHead(context, finding);
  const summary = (): string => indent(prose(finding.summary, listLogValues(finding)));
  const advice = (): string => indent(renderAdvice(finding));
  const reasoning = (): string => indent(renderReasoning(finding));
  const fold = (withEvents: boolean): string =>
    indent(renderEvidence(context, finding, withEvents));
  return [
    () => compose(head, summary(), reasoning(), advice(), fold(true)),
    () => compose(head, summary(), reasoning(), advice(), fold(false)),
    () => compose(head, summary(), reasoning(), advice()),
    () => compose(head, summary(), indent(renderAsk(finding))),
    () => head,
  ];
}

/** `- [ ] **F-7Q2K4M9X · high · Title** · whom, when`. */
export function renderHead({ surface }: MarkdownContext, finding: Finding): string {
  const box = finding.status === 'acknowledged' ? '[x] ' : '[ ] ';
  const subject = nameParty(finding.target) ?? nameParty(finding.actor);
  const about = [
    ...(subject === null ? [] : [code(subject)]),
    formatSpan(finding.firstSeenMs, finding.lastSeenMs),
    ...listMarks(finding),
  ];
  const title = `**${finding.id} · ${finding.severity} · ${prose(finding.title)}**`;
  return `- ${surface === 'issue' ? box : ''}${title} · ${about.join(', ')}`;
}

/** Texts of the finding that came from the log, for `prose`. */
export function listLogValues({ actor, target }: Finding): string[] {
  return [actor?.login, actor?.name, target?.login, target?.name].filter(
    (text): text is string => typeof text === 'string' && text.toLowerCase() !== 'unknown',
  );
}

function listMarks(finding: Finding): string[] {
  return [
    ...(finding.eventsSinceAcknowledged > 0
      ? [`**${finding.eventsSinceAcknowledged} more since acknowledged**`]
      : []),
    ...(finding.inWindow ? [] : ["outside this run's window, kept until somebody reviews it"]),
  ];
}

/** Why it matters, then what speaks for and against it, in two short paragraphs. */
function renderReasoning(finding: Finding): string {
  const { speaksFor, speaksAgainst } = describeCircumstances(finding.circumstances);
  const weighed = [
    ...(speaksFor.length > 0 ? [`*For:* ${prose(`${speaksFor.join('; ')}.`)}`] : []),
    ...(speaksAgainst.length > 0 ? [`*Against:* ${prose(`${speaksAgainst.join('; ')}.`)}`] : []),
    `*Confidence:* ${finding.confidence}.`,
    ...(finding.falsePositives.length > 0
      ? [`*May be harmless:* ${prose(finding.falsePositives.map(endSentence).join(' '))}`]
      : []),
  ].join(' ');
  return [prose(finding.description), weighed].filter((part) => part !== '').join('\n\n');
}

function renderAdvice(finding: Finding): string {
  const values = listLogValues(finding);
  const steps = finding.nextSteps.map((step) => `- ${prose(step, values)}`);
  if (steps.length === 0) return renderAsk(finding);
  return `${renderAsk(finding)} **Then:**\n${steps.join('\n')}`;
}

function renderAsk(finding: Finding): string {
  return `**Ask** ${prose(endSentence(finding.askWhom), listLogValues(finding))}`;
}

function endSentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

function renderEvidence(context: MarkdownContext, finding: Finding, withEvents: boolean): string {
  const parts = [
    renderQuery(finding.query),
    withEvents ? renderEvents(context, finding) : '',
    withEvents ? renderFacts(finding) : '',
    renderSuppression(context, finding),
  ].filter((part) => part !== '');
  if (parts.length === 0) return '';
  return renderFold(
    `Evidence and query (${formatCount(finding.eventCount, 'event')})`,
    parts.join('\n\n'),
  );
}

function renderQuery(query: string): string {
  if (query === '') return '';
  const [filter = '', window] = query.split(' · since ');
  const when = window === undefined ? '' : `, since ${prose(window)}`;
  return `To paste into the System Log${when}:\n\n${fencedBlock(filter, 'text')}`;
}

function renderEvents({ surface }: MarkdownContext, finding: Finding): string {
  if (finding.events.length === 0) {
    return 'Its events lie outside what this run read; the report of the run that found it has them.';
  }
  const maxRows = surface === 'issue' ? EVENT_ROWS_IN_ISSUE : finding.events.length;
  return renderEventTable(finding.events, maxRows);
}

function renderFacts(finding: Finding): string {
  const facts = Object.entries(finding.facts).map(
    ([name, value]) => `- ${prose(describeFactName(name))}: ${code(describeFactValue(value))}`,
  );
  return [
    ...facts,
    ...(finding.techniques.length > 0
      ? [`- ATT&CK: ${finding.techniques.map(code).join(', ')}`]
      : []),
    ...(finding.alsoSeenBy.length > 0
      ? [`- also seen by: ${finding.alsoSeenBy.map(code).join(', ')}`]
      : []),
  ].join('\n');
}

function renderSuppression({ judged, identity }: MarkdownContext, finding: Finding): string {
  const yaml = renderSuppressionYaml(finding, judged.generatedAtMs);
  if (yaml === null) return '';
  const file = code(identity.config?.path ?? '.github/okta-audit.yml');
  return `To stop hearing about exactly this, copy into ${file}:\n\n${fencedBlock(yaml, 'yaml')}`;
}
