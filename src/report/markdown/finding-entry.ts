import { endSentence } from '../../model/end-sentence.ts';
import type { Finding } from '../../model/finding.ts';
import { formatCount } from '../../model/format-count.ts';
import { formatNumber } from '../../model/format-number.ts';
import type { JudgedAudit } from '../../model/judged-audit.ts';
import { code, fencedBlock, prose } from '../escape/markdown.ts';
import { renderSuppressionYaml } from '../suppression-yaml.ts';
import { describeCircumstances } from '../words/describe-circumstances.ts';
import { listToldFacts } from '../words/describe-fact.ts';
import { describeMissingEvents } from '../words/describe-missing-events.ts';
import { describeQuery } from '../words/describe-query.ts';
import { formatSpan } from '../words/format-time.ts';
import { nameParty } from '../words/name-party.ts';
import { renderEventTable } from './event-table.ts';
import type { MarkdownContext } from './markdown-context.ts';
import { joinParts, measureBytes, type Piece, sumParts } from './piece.ts';
import { indent } from './table.ts';

const EVENT_ROWS_IN_ISSUE = 10;

/** One finding in five lengths: everything; without its events; without query and suppression; what and whom to ask; one line. */
export function toFindingPiece(context: MarkdownContext, finding: Finding): Piece {
  return new FindingEntry(context, finding);
}

/** Everything is written and measured once, part by part, so that a shorter length is measured without being written. */
class FindingEntry implements Piece {
  readonly lengths = 5;
  readonly #context: MarkdownContext;
  readonly #finding: Finding;
  readonly #sizes: number[] = [];
  #note: string | null = null;
  #brief: string | null = null;
  #evidence: string | null = null;
  #smallEvidenceBytes = 0;

  constructor(context: MarkdownContext, finding: Finding) {
    this.#context = context;
    this.#finding = finding;
  }

  measure(length: number): number {
    const size = this.#sizes[length] ?? this.#measureAnew(length);
    this.#sizes[length] = size;
    return size;
  }

  #measureAnew(length: number): number {
    if (length >= 2) return measureBytes(this.write(length));
    const evidence = this.#writeEvidence();
    const evidenceBytes = length === 0 ? measureBytes(evidence) : this.#smallEvidenceBytes;
    return sumParts(this.measure(2), evidenceBytes);
  }

  write(length: number): string {
    const finding = this.#finding;
    switch (length) {
      case 0:
        return joinParts(this.#writeNote(), this.#writeEvidence());
      case 1:
        return joinParts(this.#writeNote(), this.#writeSmallEvidence());
      case 2:
        return this.#writeNote();
      case 3:
        this.#brief ??= joinParts(
          renderHead(this.#context, finding),
          indent(joinParts(renderSummary(finding), renderAsk(finding))),
        );
        return this.#brief;
      default:
        return renderHead(this.#context, finding);
    }
  }

  #writeNote(): string {
    const context = this.#context;
    const finding = this.#finding;
    this.#note ??= joinParts(
      renderHead(context, finding),
      indent(
        joinParts(
          renderSummary(finding),
          renderReasoning(context, finding),
          renderAdvice(context, finding),
        ),
      ),
    );
    return this.#note;
  }

  #writeEvidence(): string {
    if (this.#evidence !== null) return this.#evidence;
    const context = this.#context;
    const finding = this.#finding;
    const query = indent(renderQuery(context, finding));
    const suppression = indent(renderSuppression(context, finding));
    const events = indent(joinParts(renderEvents(context, finding), renderFacts(context, finding)));
    this.#smallEvidenceBytes = measureFold(finding, [query, suppression]);
    this.#evidence = foldEvidence(finding, [query, events, suppression]);
    return this.#evidence;
  }

  #writeSmallEvidence(): string {
    const context = this.#context;
    const finding = this.#finding;
    return foldEvidence(finding, [
      indent(renderQuery(context, finding)),
      indent(renderSuppression(context, finding)),
    ]);
  }
}

const FOLD_END = '  </details>';

function beginFold({ eventCount }: Finding): string {
  return `  <details><summary>Evidence and query (${formatCount(eventCount, 'event')})</summary>`;
}

function foldEvidence(finding: Finding, parts: readonly string[]): string {
  if (parts.every((part) => part === '')) return '';
  return joinParts(beginFold(finding), ...parts, FOLD_END);
}

function measureFold(finding: Finding, parts: readonly string[]): number {
  if (parts.every((part) => part === '')) return 0;
  return sumParts(...[beginFold(finding), ...parts, FOLD_END].map(measureBytes));
}

/** `- [ ] **F-7Q2K4M9X · high · Title** · whom, when`. */
export function renderHead(
  { judged, surface, writeOnce }: MarkdownContext,
  finding: Finding,
): string {
  const box = finding.status === 'acknowledged' ? '[x] ' : '[ ] ';
  const subject = nameParty(finding.target) ?? nameParty(finding.actor);
  const about = [
    ...(subject === null ? [] : [code(subject)]),
    formatSpan(finding.firstSeenMs, finding.lastSeenMs),
    ...listMarks(judged, finding),
  ];
  const title = `**${finding.id} · ${finding.severity} · ${writeOnce(finding.title)}**`;
  return `- ${surface === 'issue' ? box : ''}${title} · ${about.join(', ')}`;
}

function renderSummary(finding: Finding): string {
  return prose(finding.summary, listLogValues(finding));
}

/** Texts of the finding that came from the log, for `prose`. */
export function listLogValues({ actor, target }: Finding): string[] {
  return [actor?.login, actor?.name, target?.login, target?.name].filter(
    (text): text is string => typeof text === 'string' && text.toLowerCase() !== 'unknown',
  );
}

function listMarks({ window }: JudgedAudit, finding: Finding): string[] {
  const isOutside = finding.lastSeenMs < window.sinceMs || finding.firstSeenMs >= window.untilMs;
  const place = isOutside ? "outside this run's window" : 'not seen by this run';
  return [
    ...(finding.eventsSinceAcknowledged > 0
      ? [`**${formatNumber(finding.eventsSinceAcknowledged)} more since acknowledged**`]
      : []),
    ...(finding.inWindow
      ? []
      : [finding.status === 'acknowledged' ? place : `${place}, kept until somebody reviews it`]),
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

function renderQuery({ judged, writeOnce }: MarkdownContext, finding: Finding): string {
  if (finding.query === '') return '';
  const { label, filter } = describeQuery(finding, judged.generatedAtMs);
  return `${writeOnce(label)}\n\n${fencedBlock(filter, 'text')}`;
}

function renderEvents(context: MarkdownContext, finding: Finding): string {
  if (finding.events.length === 0) {
    return describeMissingEvents(finding);
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
