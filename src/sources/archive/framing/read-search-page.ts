import { isRecord, type RawEvent } from '../../../model/log-event.ts';
import { readPath } from '../formats/read-raw-record.ts';

/** What a saved page of a search holds, and what it says of the whole search. */
export interface SearchPage {
  readonly hits: number;
  /** How many there are in all pages together; infinite where the search gave up on some of them, or does not tell how many follow. */
  readonly total: number;
}

/** Where the answers of BigQuery, Snowflake, Databricks, Redshift and ClickHouse tell how many rows there are, and where the page has its own. */
const TOTALS: readonly { readonly total: readonly string[]; readonly rows: readonly string[] }[] = [
  { total: ['totalRows'], rows: ['rows'] },
  { total: ['resultSetMetaData', 'numRows'], rows: ['data'] },
  { total: ['manifest', 'total_row_count'], rows: ['result', 'data_array'] },
  { total: ['TotalNumRows'], rows: ['Records'] },
  { total: ['rows_before_limit_at_least'], rows: ['data'] },
];

/** Reads a page of a search in a log store or a warehouse; null where the value is none, or does not tell. */
export function readSearchPage(value: unknown): SearchPage | null {
  if (!isRecord(value)) return null;
  return (
    readElasticPage(value) ??
    readInsightsPage(value) ??
    readPartialTable(value) ??
    readWarehousePage(value) ??
    readOpenPage(value)
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
 * Tables in which some rows are missing: beside them Log Analytics puts an error, and ES|QL and Databricks say that they are not all.
 * Source: https://learn.microsoft.com/en-us/azure/azure-monitor/logs/api/errors
 */
function readPartialTable(value: RawEvent): SearchPage | null {
  const { tables, error, is_partial: isPartial } = value;
  const isTruncated = isPartial === true || readPath(value, 'manifest', 'truncated') === true;
  const isCut = isTruncated || (Array.isArray(tables) && isRecord(error));
  return isCut ? { hits: 0, total: Number.POSITIVE_INFINITY } : null;
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
    const rows = readPath(value, ...place.rows);
    const total = Number(readPath(value, ...place.total) ?? Number.NaN);
    if (Array.isArray(rows) && !Number.isNaN(total)) return { hits: rows.length, total };
  }
  return null;
}

/**
 * A page that only tells where the next one is, as the tools of AWS and Trino do.
 * Sources: https://docs.aws.amazon.com/athena/latest/APIReference/API_GetQueryResults.html,
 * https://trino.io/docs/current/develop/client-protocol.html
 */
function readOpenPage({ NextToken: token, nextUri }: RawEvent): SearchPage | null {
  const isOpen = typeof (token ?? nextUri) === 'string';
  return isOpen ? { hits: 0, total: Number.POSITIVE_INFINITY } : null;
}
