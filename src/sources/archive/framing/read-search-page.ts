import { isRecord, type RawEvent } from '../../../model/log-event.ts';
import { readPath } from '../formats/read-raw-record.ts';

/** What a saved page of a search holds, and what it says of the whole search. */
export interface SearchPage {
  readonly hits: number;
  /** How many there are in all pages together; infinite where the search itself gave up on some of them. */
  readonly total: number;
}

/** Reads a page of a search in Elasticsearch, CloudWatch Logs Insights or Log Analytics; null where the value is none, or does not tell. */
export function readSearchPage(value: unknown): SearchPage | null {
  if (!isRecord(value)) return null;
  return readElasticPage(value) ?? readInsightsPage(value) ?? readPartialTable(value);
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
 * Tables in which some rows are missing: beside them Log Analytics puts an error, and ES|QL says that they are not all.
 * Source: https://learn.microsoft.com/en-us/azure/azure-monitor/logs/api/errors
 */
function readPartialTable({ tables, error, is_partial: isPartial }: RawEvent): SearchPage | null {
  const isCut = isPartial === true || (Array.isArray(tables) && isRecord(error));
  return isCut ? { hits: 0, total: Number.POSITIVE_INFINITY } : null;
}
