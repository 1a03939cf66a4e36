import { groupByKey } from '../../model/group-by-key.ts';
import { type LogEvent, readActor, readTargets } from '../../model/log-event.ts';
import type { Indicator, IndicatorKind } from '../../model/scope.ts';
import { createAddressMatcher } from '../address-matcher.ts';
import { readAddress, readAsn, readPlain } from '../read-origin.ts';

/** Gives the indicators that an event carries, in the order in which they are listed. */
export type FindIndicators = (event: LogEvent) => readonly Indicator[];

const NONE: readonly Indicator[] = [];

/** Builds a search for indicators of one kind; its cost per event hardly depends on how many there are. */
export function findIndicators(kind: IndicatorKind, listed: readonly Indicator[]): FindIndicators {
  return FINDERS[kind](listed);
}

const FINDERS = {
  address: findAddresses,
  asn: (listed) => findByValue(listed, normalizeAsn, readAsn),
  'user-agent': (listed) => findByValue(listed, normalizeAgent, readAgent),
  account: findAccounts,
  url: findUrls,
} satisfies Record<IndicatorKind, (listed: readonly Indicator[]) => FindIndicators>;

/** The client's own address, as Okta knows it: what else stands in the chain of addresses is another check's. */
function findAddresses(listed: readonly Indicator[]): FindIndicators {
  const find = findAddress(listed);
  return (event) => {
    const address = readAddress(event);
    return address === null ? NONE : find(address);
  };
}

/**
 * Builds a search for those that are an address or hold it. Each strength is searched for itself, because a range of one publisher
 * may hold the address of another.
 */
export function findAddress(
  listed: readonly Indicator[],
): (address: string) => readonly Indicator[] {
  const searches = [...groupByKey(listed, ({ strength }) => strength).values()].map((alike) => ({
    alike,
    matcher: createAddressMatcher(alike.map(({ value }) => value)),
  }));
  return (address) => {
    const found = searches.flatMap(({ alike, matcher }) => {
      const value = matcher.find(address);
      return value === null ? [] : alike.filter((indicator) => indicator.value === value);
    });
    return found.length === 0 ? NONE : listed.filter((indicator) => found.includes(indicator));
  };
}

function findByValue(
  listed: readonly Indicator[],
  normalize: (value: string) => string,
  read: (event: LogEvent) => string | null,
): FindIndicators {
  const byValue = groupByKey(listed, (indicator) => normalize(indicator.value));
  return (event) => {
    const value = read(event);
    return value === null ? NONE : (byValue.get(value) ?? NONE);
  };
}

function normalizeAsn(value: string): string {
  return value.trim().replace(/^(?:AS)?0*/i, '');
}

/**
 * Published signatures carry stray blanks at their ends, and some stores write all texts small; otherwise every character
 * counts.
 */
function normalizeAgent(value: string): string {
  return value.trim().toLowerCase();
}

function readAgent(event: LogEvent): string | null {
  const agent = readPlain(event, 'client.userAgent.rawUserAgent');
  return agent === null ? null : normalizeAgent(agent);
}

/** An account matches by its id, by its whole login or display name, or by what stands before the at sign. */
function findAccounts(listed: readonly Indicator[]): FindIndicators {
  const byName = groupByKey(listed, (indicator) => normalizeName(indicator.value));
  return (event) => {
    const actor = readActor(event);
    const parties = actor === null ? readTargets(event) : [actor, ...readTargets(event)];
    const names = parties.flatMap(({ id, login, name }) => [id, login, name]).flatMap(toNames);
    const found = [...new Set(names)].flatMap((name) => byName.get(name) ?? []);
    return found.length === 0 ? NONE : listed.filter((indicator) => found.includes(indicator));
  };
}

/** An umlaut is one character or two: macOS writes file names, and so lists that are made of them, with two. */
function normalizeName(name: string): string {
  return name.normalize('NFC').toLowerCase();
}

function toNames(text: string | null): string[] {
  if (text === null) return [];
  const name = normalizeName(text);
  const [local] = name.split('@');
  return local === undefined || local === name ? [name] : [name, local];
}

function findUrls(listed: readonly Indicator[]): FindIndicators {
  const parts = listed.map((indicator) => ({ indicator, part: indicator.value.toLowerCase() }));
  return (event) => {
    const texts = ['debugContext.debugData.requestUri', 'debugContext.debugData.url'].flatMap(
      (path) => readPlain(event, path)?.toLowerCase() ?? [],
    );
    if (texts.length === 0) return NONE;
    return parts
      .filter(({ part }) => texts.some((text) => text.includes(part)))
      .map(({ indicator }) => indicator);
  };
}
