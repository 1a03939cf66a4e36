import { prepareChecks } from '../audit/prepare-checks.ts';
import type { Check } from '../model/check.ts';
import type { FixedWindow, ScopeCheck } from '../model/scope.ts';
import { DAY_MS, formatInstant, formatUtcDay, type TimeWindow } from '../model/time-window.ts';
import { NO_TUNING } from '../model/tuning.ts';
import type { Background, DescribedScope } from '../scope/described-scope.ts';

/** One statement, and where it comes from: a page, null for an inference, nothing where it needs no source. */
export interface BriefingItem {
  readonly text: string;
  readonly source?: string | null;
}

interface BriefingSection {
  readonly heading: string;
  readonly items: readonly BriefingItem[];
}

/** A page that the briefing rests on or leads to. */
interface BriefingPage {
  readonly title: string | null;
  readonly url: string;
}

/** What somebody has to know about an incident before asking their log, in plain text. */
export interface Briefing {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  /** False where no log can show it, so that asking is of no use. */
  readonly assessable: boolean;
  /** What matters at three in the morning first; none is empty. */
  readonly sections: readonly BriefingSection[];
  /** Every source of the items among them, each page once. */
  readonly pages: readonly BriefingPage[];
}

/** Composes the briefing on an incident, the same for the terminal and for the documents. */
export function composeBriefing(incident: DescribedScope): Briefing {
  const { id, title, summary, assessable, exposed, cannotTell, background } = incident;
  const checks = findChecks(incident);
  const published = background.facts.filter(({ source }) => source !== null);
  const inferred = background.facts.filter(({ source }) => source === null);
  const sections = [
    { heading: 'Whom it concerns', items: exposed === null ? [] : [{ text: exposed }] },
    { heading: 'When', items: describeTime(incident) },
    { heading: 'What your log can answer', items: describeReach(incident, checks) },
    { heading: 'What no log can tell', items: cannotTell.map((text) => ({ text })) },
    {
      heading: 'What is known',
      items: published.map(({ says, source }) => ({ text: says, source })),
    },
    { heading: 'What we conclude', items: inferred.map(({ says }) => ({ text: says })) },
    { heading: 'What is looked for', items: describeChecks(incident.checks, checks) },
    { heading: 'Signs of the attacker', items: describeIndicators(incident) },
  ].filter(({ items }) => items.length > 0);
  return { id, title, summary, assessable, sections, pages: listPages(incident, sections) };
}

/**
 * `2022-01-16 through 2022-01-21` for whole UTC days, as people name them and `until` takes them; anything else to the
 * instant.
 */
export function formatDays({ sinceMs, untilMs }: TimeWindow): string {
  if (sinceMs % DAY_MS !== 0 || untilMs % DAY_MS !== 0) {
    return `${formatInstant(sinceMs)} to ${formatInstant(untilMs)}`;
  }
  return `${formatUtcDay(sinceMs)} through ${formatUtcDay(untilMs - 1)}`;
}

function findChecks(scope: DescribedScope): readonly Check[] {
  return prepareChecks({ plan: { nowMs: 0, tuning: NO_TUNING }, scope, ruleFiles: [] }).checks;
}

function describeTime({ window, background, confidence }: DescribedScope): BriefingItem[] {
  const { published } = background;
  return [
    ...(window.kind === 'rolling' ? [] : describeSpans(window, background)),
    ...(published === null ? [] : [{ text: `It became public on ${published}.` }]),
    ...(confidence === null ? [] : [{ text: `Confidence in what is published: ${confidence}.` }]),
  ];
}

function describeSpans(
  { core, coreReason, review, reviewReason }: FixedWindow,
  { coreSource, reviewSource }: Background,
): BriefingItem[] {
  const decides = `Core window, which decides: ${formatDays(core)}. ${coreReason}`;
  const around = `Review window, which is read as well: ${formatDays(review)}. ${reviewReason}`;
  const isSame = core.sinceMs === review.sinceMs && core.untilMs === review.untilMs;
  return [
    { text: decides.trim(), ...(coreReason === '' ? {} : { source: coreSource }) },
    ...(isSame
      ? []
      : [{ text: around.trim(), ...(reviewReason === '' ? {} : { source: reviewSource }) }]),
  ];
}

function describeReach(incident: DescribedScope, checks: readonly Check[]): BriefingItem[] {
  if (!incident.assessable) return [{ text: 'Nothing: no Okta log can answer this question.' }];
  if (incident.window.kind === 'rolling') return [];
  const needed = formatDays(findNeeded(incident.window.core, checks));
  const takes = `A verdict takes the log of ${needed}: the core window and what its checks look before and after it.`;
  const isWide = checks.some(({ needs }) => needs.onlyInFullPull === true);
  return [
    { text: `${takes} Okta keeps 90 days; anything older takes an archive.` },
    ...(isWide
      ? [{ text: 'Some checks need every sign-in: where Okta itself is asked, set pull: full.' }]
      : []),
  ];
}

/** Whole days around the core window and what its checks look back and ahead. */
function findNeeded(core: TimeWindow, checks: readonly Check[]): TimeWindow {
  const backMs = Math.max(0, ...checks.map(({ needs }) => needs.lookBackMs));
  const aheadMs = Math.max(0, ...checks.map(({ needs }) => needs.lookAheadMs));
  return {
    sinceMs: Math.floor((core.sinceMs - backMs) / DAY_MS) * DAY_MS,
    untilMs: Math.ceil((core.untilMs + aheadMs) / DAY_MS) * DAY_MS,
  };
}

/** The checks by what a finding of theirs can mean at most. */
function describeChecks(asked: readonly ScopeCheck[], checks: readonly Check[]): BriefingItem[] {
  const titles = new Map(checks.map(({ id, title }) => [id, title]));
  const groups = new Map<string, string[]>([
    ['Evidence by itself', []],
    ['Evidence if something supports it', []],
    ['To be explained by a person', []],
    ['Listed, and asked about in special cases alone', []],
  ]);
  for (const check of asked) {
    groups.get(weighCheck(check))?.push(titles.get(check.id) ?? check.id);
  }
  return [...groups].flatMap(([label, named]) =>
    named.length === 0 ? [] : [{ text: `${label}: ${named.join('; ')}.` }],
  );
}

function weighCheck({ role, instead }: ScopeCheck): string {
  if (role === 'evidence') return 'Evidence by itself';
  if (instead.some((exception) => exception.role === 'evidence')) {
    return 'Evidence if something supports it';
  }
  return role === 'review'
    ? 'To be explained by a person'
    : 'Listed, and asked about in special cases alone';
}

/** One item for all indicators that share kind, strength and source. */
function describeIndicators({ indicators }: DescribedScope): BriefingItem[] {
  const items = new Map<string, { label: string; values: string[]; source: string }>();
  for (const { kind, value, strength, source } of indicators) {
    const label = `${kind}, ${strength}`;
    const item = items.get(`${label} ${source}`) ?? { label, values: [], source };
    item.values.push(value);
    items.set(`${label} ${source}`, item);
  }
  return [...items.values()].map(({ label, values, source }) => ({
    text: `${label}: ${values.join(', ')}`,
    source,
  }));
}

function listPages(
  { references }: DescribedScope,
  sections: readonly BriefingSection[],
): BriefingPage[] {
  const titles = new Map<string, string | null>(references.map(({ url, title }) => [url, title]));
  for (const { source } of sections.flatMap(({ items }) => items)) {
    if (source !== null && source !== undefined && !titles.has(source)) titles.set(source, null);
  }
  return [...titles].map(([url, title]) => ({ title, url }));
}
