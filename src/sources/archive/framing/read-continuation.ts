import { isRecord, type RawEvent } from '../../../model/log-event.ts';
import { isJsonText, isRawRecord, readPath } from '../formats/read-raw-record.ts';

/** Where APIs say in one word whether more pages follow. */
const FLAGS = [
  ...['hasNextPage', 'has_next_page', 'hasNext', 'has_next', 'hasMore', 'has_more'],
  ...['hasMoreEvents', 'IsTruncated'],
];
/** Where they tell the next page, and nothing at the last one. */
const NEXT = [
  ...['next', 'nextLink', '@odata.nextLink', 'odata.nextLink', 'next_token', 'next_page_token'],
  ...['next_page', 'nextPage', 'next_cursor', 'nextCursor', 'cursor', 'LastEvaluatedKey'],
  ...['continuation_token', 'continuationToken'],
];
/** Objects beside the list of a page in which some keep all that. */
const ASIDE = [
  ...['pageInfo', 'page_info', 'paging', 'pagination', 'links', '_links', 'meta', 'metadata'],
  ...['metaData', 'extraData', 'response_metadata', 'result_info'],
];
/** Panther keeps its page as deep in what it answers. */
const MOST_DEPTH = 3;

/**
 * Says whether the page of a search goes on in another one, or is the last; null where it does not tell. Panther answers as GraphQL
 * does, LogScale and Splunk also tell whether they are done, Azure and Microsoft Graph give a link.
 * Sources: https://relay.dev/graphql/connections.htm,
 * https://library.humio.com/logscale-api-1.117/api-search-query-poll.html,
 * https://docs.splunk.com/Documentation/Splunk/latest/RESTREF/RESTsearch,
 * https://learn.microsoft.com/en-us/graph/paging
 */
export function readContinuation(value: RawEvent): 'goes-on' | 'ends' | null {
  const told = listTold(value);
  if (told.includes(true)) return 'goes-on';
  return told.includes(false) ? 'ends' : null;
}

/** Only what GraphQL answers is deep. Most values are documents of a search, and each costs time here. */
function listTold(value: RawEvent): readonly boolean[] {
  return isPage(value) ? readPage(value) : listToldBelow(value['data'], MOST_DEPTH);
}

function listToldBelow(value: unknown, depth: number): readonly boolean[] {
  if (!isRecord(value) || isRawRecord(value)) return [];
  if (isPage(value)) return readPage(value);
  if (depth === 0) return [];
  return Object.values(value).flatMap((inner) => listToldBelow(inner, depth - 1));
}

/** Only beside a list, be it empty, or a row of Splunk does a word as common as `next` speak of pages. */
function isPage(value: RawEvent): boolean {
  return isRowOfSplunk(value) || Object.values(value).some(isListOfRecords);
}

function isRowOfSplunk({ preview, result }: RawEvent): boolean {
  return typeof preview === 'boolean' && isRecord(result);
}

function isListOfRecords(list: unknown): boolean {
  if (!Array.isArray(list)) return false;
  return list.length === 0 || typeof list[0] === 'object' || isJsonText(list[0]);
}

function readPage(page: RawEvent): readonly boolean[] {
  const beside = ASIDE.map((name) => page[name]);
  const deeper = ASIDE.map((name) => readPath(page['metaData'], name));
  const places = [page, ...beside, ...deeper].filter(isRecord);
  const flags = [...readProgress(page), ...places.flatMap(readFlags)];
  return flags.length > 0 ? flags : places.flatMap(readNext);
}

/** What is not done, or a preview, is not all yet. */
function readProgress({ preview, done, events }: RawEvent): readonly boolean[] {
  const isUndone = Array.isArray(events) && typeof done === 'boolean' ? [!done] : [];
  return typeof preview === 'boolean' ? [preview, ...isUndone] : isUndone;
}

/** LogScale writes them as text. */
function readFlags(place: RawEvent): readonly boolean[] {
  return FLAGS.flatMap((name) => {
    const flag = String(place[name]);
    return flag === 'true' || flag === 'false' ? [flag === 'true'] : [];
  });
}

function readNext(place: RawEvent): readonly boolean[] {
  return NEXT.filter((name) => Object.hasOwn(place, name)).map((name) => {
    const next = place[name];
    return next !== null && next !== '' && next !== false;
  });
}
