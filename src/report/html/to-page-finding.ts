import type { Finding } from '../../model/finding.ts';
import { createTextHider, hideInRecord } from '../../model/hide-typed-texts.ts';
import type { LogEvent, RawEvent } from '../../model/log-event.ts';
import { toVisibleText } from '../escape/visible-text.ts';
import { listTypedTextsOf } from '../hide-typed-logins.ts';
import { renderSuppressionYaml } from '../suppression-yaml.ts';
import { describeCircumstances } from '../words/describe-circumstances.ts';
import { listToldFacts } from '../words/describe-fact.ts';
import { describeQuery } from '../words/describe-query.ts';
import { nameParty } from '../words/name-party.ts';
import { readEventRow } from '../words/read-event-row.ts';
import type { PageEvent, PageFinding } from './page-document.ts';
import type { TextTable } from './text-table.ts';

const MOST_EVENTS_OF_A_FINDING = 1_000;
const MOST_RECORDS = 5_000;

/** Raw records, each once, until the page has enough of them; the rest stays in `evidence.ndjson`. */
export interface RecordStore {
  readonly records: readonly RawEvent[];
  place(event: LogEvent, hide: (text: string) => string): number;
}

export function createRecordStore(): RecordStore {
  const records: RawEvent[] = [];
  const places = new Map<string, number>();
  function place(event: LogEvent, hide: (text: string) => string): number {
    const known = places.get(event.uuid);
    if (known !== undefined) return known;
    if (records.length >= MOST_RECORDS) return -1;
    places.set(event.uuid, records.length);
    records.push(hideInRecord(event.raw, hide));
    return records.length - 1;
  }
  return { records, place };
}

export interface FindingToPage {
  readonly finding: Finding;
  readonly generatedAtMs: number;
  readonly table: TextTable;
  readonly records: RecordStore;
}

export function toPageFinding({
  finding,
  generatedAtMs,
  table,
  records,
}: FindingToPage): PageFinding {
  const { speaksFor, speaksAgainst } = describeCircumstances(finding.circumstances);
  const query = describeQuery(finding, generatedAtMs);
  const hide = createTextHider(listTypedTextsOf(finding));
  const events = finding.events.slice(0, MOST_EVENTS_OF_A_FINDING);
  return {
    id: finding.id,
    severity: finding.severity,
    confidence: finding.confidence,
    role: finding.role,
    status: finding.status,
    check: toVisibleText(finding.check),
    firstMs: finding.firstSeenMs,
    lastMs: finding.lastSeenMs,
    eventCount: finding.eventCount,
    inWindow: finding.inWindow,
    actor: toVisible(nameParty(finding.actor)),
    target: toVisible(nameParty(finding.target)),
    summary: toVisibleText(finding.summary),
    ask: toVisibleText(finding.askWhom),
    query: toVisibleText(query.filter),
    queryLabel: toVisibleText(query.label),
    suppressedBy: toVisible(finding.suppressedBy),
    speaksFor: speaksFor.join('; '),
    speaksAgainst: speaksAgainst.join('; '),
    facts: listToldFacts(finding).map(({ name, value }) => [
      toVisibleText(name),
      toVisibleText(value),
    ]),
    techniques: toVisibleText(finding.techniques.join(', ')),
    alsoSeenBy: toVisibleText(finding.alsoSeenBy.join(', ')),
    suppression: renderSuppressionYaml(finding, generatedAtMs),
    title: table.place(finding.title),
    description: table.place(finding.description),
    harmless: table.place(finding.falsePositives.join(' ')),
    nextSteps: finding.nextSteps.map((step) => table.place(step)),
    events: events.map((event) =>
      toPageEvent({ event, table, hide, record: records.place(event, hide) }),
    ),
    eventsLeft: finding.events.length - events.length,
  };
}

function toPageEvent({
  event,
  table,
  hide,
  record,
}: {
  event: LogEvent;
  table: TextTable;
  hide: (text: string) => string;
  record: number;
}): PageEvent {
  const row = readEventRow(event);
  const place = (text: string | null): number => table.place(text === null ? text : hide(text));
  return [
    row.atMs,
    table.place(row.eventType),
    place(row.outcome),
    place(row.actor),
    place(row.target),
    place(row.address),
    place(row.place),
    place(row.userAgent),
    record,
  ];
}

function toVisible(text: string | null): string | null {
  return text === null ? null : toVisibleText(text);
}
