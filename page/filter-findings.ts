import type { PageDocument, PageFinding } from '../src/report/html/page-document.ts';

export const SEVERITY_ORDER = ['critical', 'high', 'medium', 'low', 'informational'] as const;
export const ROLE_ORDER = ['evidence', 'review', 'context'] as const;
export const STATUS_ORDER = ['new', 'open', 'acknowledged', 'suppressed'] as const;

/** What a reader asks of the list; empty means anything. */
export interface FindingFilter {
  readonly search: string;
  readonly severity: string;
  readonly role: string;
  readonly status: string;
}

export const NO_FILTER: FindingFilter = { search: '', severity: '', role: '', status: '' };

export const SORT_KEYS = [
  'severity',
  'role',
  'status',
  'id',
  'title',
  'subject',
  'first',
  'events',
] as const;
export type SortKey = (typeof SORT_KEYS)[number];

export interface FindingOrder {
  /** Null keeps the order of the report: strongest first. */
  readonly key: SortKey | null;
  readonly descending: boolean;
}

/** A finding with its place in the report and everything of it that can be searched, in lower case. */
export interface SearchableFinding {
  readonly finding: PageFinding;
  readonly title: string;
  readonly subject: string;
  readonly place: number;
  readonly haystack: string;
}

export function makeSearchable({ findings, texts }: PageDocument): SearchableFinding[] {
  return findings.map((finding, place) => {
    const title = texts[finding.title] ?? '';
    const parts = [
      finding.id,
      finding.severity,
      finding.check,
      title,
      finding.summary,
      finding.actor ?? '',
      finding.target ?? '',
      finding.ask,
      finding.techniques,
      ...finding.facts.flat(),
      ...finding.events.flatMap((event) => event.slice(1, 8).map((text) => texts[text] ?? '')),
    ];
    return {
      finding,
      title,
      subject: finding.target ?? finding.actor ?? '',
      place,
      haystack: parts.join('\n').toLowerCase(),
    };
  });
}

/** Those that fit: every word of the search occurs somewhere in the finding or its events. */
export function filterFindings(
  findings: readonly SearchableFinding[],
  { search, severity, role, status }: FindingFilter,
): SearchableFinding[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return findings.filter(
    ({ finding, haystack }) =>
      (severity === '' || finding.severity === severity) &&
      (role === '' || finding.role === role) &&
      (status === '' || finding.status === status) &&
      words.every((word) => haystack.includes(word)),
  );
}

export function sortFindings(
  findings: readonly SearchableFinding[],
  { key, descending }: FindingOrder,
): SearchableFinding[] {
  if (key === null) return [...findings].sort((one, other) => one.place - other.place);
  const compare = COMPARE[key];
  const sign = descending ? -1 : 1;
  return [...findings].sort((one, other) => sign * compare(one, other) || one.place - other.place);
}

type Compare = (one: SearchableFinding, other: SearchableFinding) => number;

const COMPARE: Record<SortKey, Compare> = {
  severity: byRank(SEVERITY_ORDER, ({ finding }) => finding.severity),
  role: byRank(ROLE_ORDER, ({ finding }) => finding.role),
  status: byRank(STATUS_ORDER, ({ finding }) => finding.status),
  id: byText(({ finding }) => finding.id),
  title: byText(({ title }) => title),
  subject: byText(({ subject }) => subject),
  first: (one, other) => one.finding.firstMs - other.finding.firstMs,
  events: (one, other) => one.finding.eventCount - other.finding.eventCount,
};

function byRank(order: readonly string[], read: (row: SearchableFinding) => string): Compare {
  return (one, other) => order.indexOf(read(one)) - order.indexOf(read(other));
}

function byText(read: (row: SearchableFinding) => string): Compare {
  return (one, other) => (read(one) < read(other) ? -1 : Number(read(one) > read(other)));
}
