import { isRecord, type RawEvent } from '../../../model/log-event.ts';
import { recogniseFormat } from '../formats/archive-formats.ts';
import { isRawRecord, readPath } from '../formats/read-raw-record.ts';
import { readContinuation } from './read-continuation.ts';
import { isRowOfErrors } from './read-table.ts';

/** What a saved page of a search holds, and what it says of the whole search. */
export interface SearchPage {
  readonly hits: number;
  /** How many there are in all pages together; infinite where the search gave up on some of them, or does not tell how many follow. */
  readonly total: number;
}

/** The total of a search that tells none, but whether another page follows. The last one reaches it, however many there are. */
export const UNTOLD_TOTAL = Number.MAX_SAFE_INTEGER;

/** Where the answers of warehouses, CloudTrail Lake and Graylog tell how many rows there are, and where the page has its own. */
const TOTALS: readonly { readonly total: readonly string[]; readonly rows: readonly string[] }[] = [
  { total: ['totalRows'], rows: ['rows'] },
  { total: ['resultSetMetaData', 'numRows'], rows: ['data'] },
  { total: ['manifest', 'total_row_count'], rows: ['result', 'data_array'] },
  { total: ['TotalNumRows'], rows: ['Records'] },
  { total: ['rows_before_limit_at_least'], rows: ['data'] },
  { total: ['QueryStatistics', 'TotalResultsCount'], rows: ['QueryResultRows'] },
  { total: ['total_results'], rows: ['messages'] },
];

/** What else tells how many there are in all, beside the one list of what was found: in Quickwit, Solr, Securonix and many more. */
const TOTAL_NAMES = [
  ...['num_hits', 'numFound', 'nbHits', 'estimatedTotalHits', 'totalDocuments', '@odata.count'],
  ...['total', 'totalCount', 'total_count', 'totalHits', 'total_hits', 'totalItems', 'total_items'],
  ...['totalRecords', 'total_records', 'totalResults', 'recordsTotal', 'total_rows'],
];

/**
 * Reads the pages of searches in a log store or a warehouse that a value is, or holds where tools of the web and Elasticsearch's
 * asynchronous and multiple searches keep them; none where it does not tell.
 * Source: https://www.elastic.co/docs/api/doc/elasticsearch/operation/operation-async-search-get
 */
export function readSearchPages(value: unknown): readonly SearchPage[] {
  // Most values are records, and each costs time here.
  if (!isRecord(value) || isRawRecord(value)) return [];
  const { body, response, rawResponse, responses, data } = value;
  return [value, body, response, rawResponse, responses, data]
    .flat()
    .filter((answer) => isRecord(answer) && !isRawRecord(answer))
    .flatMap((answer) => readSearchPage(answer) ?? []);
}

function readSearchPage(value: RawEvent): SearchPage | null {
  return (
    readElasticPage(value) ??
    readInsightsPage(value) ??
    readPartialAnswer(value) ??
    readFailedQuery(value) ??
    readWarehousePage(value) ??
    readOpenPage(value) ??
    readTotalBesideList(value) ??
    readToldPage(value)
  );
}

/**
 * A total that is only a lower bound (`gte`) is one more than it says.
 * Source: https://www.elastic.co/docs/api/doc/elasticsearch/operation/operation-search
 */
function readElasticPage(value: RawEvent): SearchPage | null {
  const hits = readPath(value, 'hits', 'hits');
  if (!Array.isArray(hits)) return null;
  const failed = readPath(value, '_shards', 'failed');
  const gaveUp = value['timed_out'] === true || (typeof failed === 'number' && failed > 0);
  if (gaveUp) return { hits: hits.length, total: Number.POSITIVE_INFINITY };
  const total = readPath(value, 'hits', 'total');
  const told = isRecord(total) ? total['value'] : total;
  if (typeof told !== 'number') return null;
  const isLowerBound = isRecord(total) && total['relation'] === 'gte';
  return { hits: hits.length, total: isLowerBound ? told + 1 : told };
}

/** Source: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetQueryResults.html */
function readInsightsPage({ results, status, statistics }: RawEvent): SearchPage | null {
  const matched = readPath(statistics, 'recordsMatched');
  if (!Array.isArray(results) || typeof matched !== 'number') return null;
  return {
    hits: results.length,
    total: status === 'Complete' ? matched : Number.POSITIVE_INFINITY,
  };
}

/**
 * Answers in which some rows are missing: Log Analytics and GraphQL put errors beside them, Splunk a message, others say that they
 * are not all.
 * Sources: https://learn.microsoft.com/en-us/azure/azure-monitor/logs/api/errors,
 * https://spec.graphql.org/October2021/#sec-Errors,
 * https://docs.datadoghq.com/api/latest/logs/#search-logs-get,
 * https://cloud.google.com/chronicle/docs/reference/rest/v1alpha/projects.locations.instances.legacy/legacyFindRawLogs
 */
function readPartialAnswer(value: RawEvent): SearchPage | null {
  const { tables, error, messages, is_partial: isPartial, tooManyResults: areTooMany } = value;
  const { data, errors } = value;
  const isTruncated = [isPartial, areTooMany, readPath(value, 'manifest', 'truncated')].includes(
    true,
  );
  const isUnfinished = readPath(value, 'status', 'isPartial') === true;
  const isTimedOut = readPath(value, 'meta', 'status') === 'timeout';
  const hasWarned = Array.isArray(messages) && messages.some(saysIncomplete);
  const hasFailed = isRecord(data) && Array.isArray(errors) && errors.length > 0;
  const isCut =
    isTruncated ||
    isUnfinished ||
    isTimedOut ||
    hasWarned ||
    hasFailed ||
    (Array.isArray(tables) && isRecord(error));
  return isCut ? { hits: 0, total: Number.POSITIVE_INFINITY } : null;
}

/** As Splunk says it where an indexer failed. */
function saysIncomplete(message: unknown): boolean {
  return /results (?:might|may) be incomplete/i.test(String(readPath(message, 'text')));
}

/**
 * A query of Data Explorer that ended in errors: they stand among its rows, and behind its frames.
 * Sources: https://learn.microsoft.com/en-us/kusto/api/rest/response, https://learn.microsoft.com/en-us/kusto/api/rest/response-v2
 */
function readFailedQuery(value: RawEvent): SearchPage | null {
  const { HasErrors: hasErrors, Cancelled: isCancelled, Exceptions: exceptions } = value;
  const tables = Array.isArray(value['Tables']) ? value['Tables'] : [value];
  const hasFailed =
    [hasErrors, isCancelled].includes(true) ||
    Array.isArray(exceptions) ||
    tables.map((table) => readPath(table, 'Rows')).some(endsInErrors);
  return hasFailed ? { hits: 0, total: Number.POSITIVE_INFINITY } : null;
}

function endsInErrors(rows: unknown): boolean {
  return Array.isArray(rows) && rows.some(isRowOfErrors);
}

/**
 * BigQuery gives its total as a text. That of ClickHouse is a lower bound.
 * Sources: https://cloud.google.com/bigquery/docs/reference/rest/v2/jobs/getQueryResults,
 * https://docs.snowflake.com/en/developer-guide/sql-api/handling-responses, https://clickhouse.com/docs/interfaces/formats/JSON,
 * https://docs.databricks.com/api/workspace/statementexecution,
 * https://docs.aws.amazon.com/redshift-data/latest/APIReference/API_GetStatementResult.html
 */
function readWarehousePage(value: RawEvent): SearchPage | null {
  for (const place of TOTALS) {
    if (!((place.total[0] ?? '') in value)) continue;
    const rows = readPath(value, ...place.rows);
    const total = Number(readPath(value, ...place.total) ?? Number.NaN);
    if (Array.isArray(rows) && !Number.isNaN(total)) return { hits: rows.length, total };
  }
  return null;
}

/**
 * A page that only tells where the next one is, as the tools of AWS, CloudWatch, Google Cloud, Trino and Datadog do. Elasticsearch
 * and OpenSearch do so beside a table, and InsightIDR in a link.
 * Sources: https://docs.aws.amazon.com/athena/latest/APIReference/API_GetQueryResults.html,
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html,
 * https://cloud.google.com/logging/docs/reference/v2/rest/v2/entries/list,
 * https://trino.io/docs/current/develop/client-protocol.html,
 * https://www.elastic.co/docs/reference/query-languages/sql/sql-rest-format
 */
function readOpenPage(value: RawEvent): SearchPage | null {
  const { NextToken, nextToken, nextPageToken, nextUri, nextLogId } = value;
  const { rows, datarows, cursor, events, links } = value;
  const next =
    (NextToken ?? nextToken ?? nextPageToken ?? nextUri ?? nextLogId) ||
    (Array.isArray(rows ?? datarows) ? cursor : readPath(value, 'meta', 'page', 'after'));
  const isLinked = Array.isArray(events) && Array.isArray(links) && links.some(isLinkToNext);
  return isLinked || typeof next === 'string' ? { hits: 0, total: Number.POSITIVE_INFINITY } : null;
}

function isLinkToNext(link: unknown): boolean {
  return String(readPath(link, 'rel')).toLowerCase() === 'next';
}

/**
 * Where several lists hold something, nobody can tell which one has what was found. What other products write among the records may
 * have a total and a list of its own.
 */
function readTotalBesideList(value: RawEvent): SearchPage | null {
  const name = TOTAL_NAMES.find((each) => each in value);
  if (name === undefined) return null;
  const total = value[name];
  const [list, other] = Object.values(value).filter(isFilledList);
  const isTold = typeof total === 'number' && list !== undefined && other === undefined;
  const isOfRecords = isTold && list.every(isRecord) && list.some(isKnown);
  return isOfRecords ? { hits: list.length, total } : null;
}

/** What is nested too deep is none: where it is a record, it is told where it is taken. */
function isKnown(row: unknown): boolean {
  try {
    return recogniseFormat(row) !== null;
  } catch (thrown) {
    if (!(thrown instanceof RangeError)) throw thrown;
    return false;
  }
}

function isFilledList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) && value.length > 0;
}

/** A page that says no more than whether it is the last one. */
function readToldPage(value: RawEvent): SearchPage | null {
  const continuation = readContinuation(value);
  if (continuation === null) return null;
  return { hits: continuation === 'ends' ? UNTOLD_TOTAL : 0, total: UNTOLD_TOTAL };
}
