import type { Finding } from '../../model/finding.ts';
import { code, fencedBlock, prose } from '../escape/markdown.ts';
import { renderSuppressionYaml } from '../suppression-yaml.ts';
import { describeCircumstances } from '../words/describe-circumstances.ts';
import { listToldFacts } from '../words/describe-fact.ts';
import { formatCount } from '../words/format-count.ts';
import { formatSpan } from '../words/format-time.ts';
import { nameParty } from '../words/name-party.ts';
import { renderEventTable } from './event-table.ts';
import { once, type Piece } from './fit-pieces.ts';
import type { MarkdownContext } from './markdown-context.ts';
import { indent } from './table.ts';

const EVENT_ROWS_IN_ISSUE = 10;

/** One finding in five lengths: everything; without its events; without query and suppression; what and whom to ask; one line. */
export function toFindingPiece(context: MarkdownContext, finding: Finding): Piece {
  const head = renderHead(context, finding);
  const part = (render: () => string): (() => string) => once(() => indent(render()));
  const summary = part(() => prose(finding.summary, listLogValues(finding)));
  const reasoning = part(() => renderReasoning(context, finding));
  const advice = part(() => renderAdvice(context, finding));
  const query = part(() => renderQuery(finding.query));
  const suppression = part(() => renderSuppression(context, finding));
  const fold = (...parts: readonly string[]): string => foldEvidence(finding, parts);
  return [
    () =>
      compose(
        head,
        summary(),
        reasoning(),
        advice(),
        fold(
          query(),
          indent(renderEvents(context, finding)),
          indent(renderFacts(context, finding)),
          suppression(),
        ),
      ),
    () => compose(head, summary(), reasoning(), advice(), fold(query(), suppression())),
    () => compose(head, summary(), reasoning(), advice()),
    () => compose(head, summary(), indent(renderAsk(finding))),
    () => head,
  ];
}

function compose(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n\n');
}

function foldEvidence(finding: Finding, parts: readonly string[]): string {
  const content = compose(...parts);
  if (content === '') return '';
  const summary = `Evidence and query (${formatCount(finding.eventCount, 'event')})`;
  return `  <details><summary>${summary}</summary>\n\n${content}\n\n  </details>`;
}

/** `- [ ] **F-7Q2K4M9X · high · Title** · whom, when`. */
export function renderHead({ surface, writeOnce }: MarkdownContext, finding: Finding): string {
  const box = finding.status === 'acknowledged' ? '[x] ' : '[ ] ';
  const subject = nameParty(finding.target) ?? nameParty(finding.actor);
  const about = [
    ...(subject === null ? [] : [code(subject)]),
    formatSpan(finding.firstSeenMs, finding.lastSeenMs),
    ...listMarks(finding),
  ];
  const title = `**${finding.id} · ${finding.severity} · ${writeOnce(finding.title)}**`;
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

/**
 * Why it matters, then what speaks for and against it, in two short paragraphs. What every finding of a check shares
 * stands with the first of them alone.
 */
function renderReasoning(context: MarkdownContext, finding: Finding): string {
  const { writeOnce } = context;
  const { speaksFor, speaksAgainst } = describeCircumstances(finding.circumstances);
  const told = context.toldBefore.get(finding) ?? null;
  const weighed = [
    ...(speaksFor.length > 0 ? [`*For:* ${writeOnce(`${speaksFor.join('; ')}.`)}`] : []),
    ...(speaksAgainst.length > 0
      ? [`*Against:* ${writeOnce(`${speaksAgainst.join('; ')}.`)}`]
      : []),
    `*Confidence:* ${finding.confidence}.`,
    ...(told !== null ? [`Why it matters and what to look at stands with **${told}**.`] : []),
    ...(told === null && finding.falsePositives.length > 0
      ? [`*May be harmless:* ${writeOnce(finding.falsePositives.map(endSentence).join(' '))}`]
      : []),
  ].join(' ');
  if (told !== null) return weighed;
  return [writeOnce(finding.description), weighed].filter((part) => part !== '').join('\n\n');
}

function renderAdvice(context: MarkdownContext, finding: Finding): string {
  if (context.toldBefore.has(finding)) return renderAsk(finding);
  const { writeOnce } = context;
  const steps = finding.nextSteps.map((step) => `- ${writeOnce(step)}`);
  if (steps.length === 0) return renderAsk(finding);
  return `${renderAsk(finding)} **Then:**\n${steps.join('\n')}`;
}

function renderAsk(finding: Finding): string {
  return `**Ask** ${prose(endSentence(finding.askWhom), listLogValues(finding))}`;
}

function endSentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

function renderQuery(query: string): string {
  if (query === '') return '';
  const [filter = '', window] = query.split(' · since ');
  const when = window === undefined ? '' : `, since ${prose(window)}`;
  return `To paste into the System Log${when}:\n\n${fencedBlock(filter, 'text')}`;
}

function renderEvents(context: MarkdownContext, finding: Finding): string {
  if (finding.events.length === 0) {
    return 'Its events lie outside what this run read; the report of the run that found it has them.';
  }
  const maxRows = context.surface === 'issue' ? EVENT_ROWS_IN_ISSUE : finding.events.length;
  return renderEventTable(context, finding.events, maxRows);
}

function renderFacts(context: MarkdownContext, finding: Finding): string {
  const facts = listToldFacts(finding).map(
    ({ name, value }) => `- ${context.writeOnce(name)}: ${code(value)}`,
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
