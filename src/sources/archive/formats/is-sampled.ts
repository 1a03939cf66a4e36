import { isRecord, type RawEvent } from '../../../model/log-event.ts';
import { readPath } from './read-raw-record.ts';

/**
 * Where tools that leave events out say so on those that they kept: Vector's `sample` and Cribl's Sampling of how many each is one,
 * Cribl's Suppress how many like it were left out before, and OpenTelemetry's sampler from where on it kept any. Throttles of Fluent
 * Bit, Logstash and Vector, and samplers of Datadog and Splunk, mark nothing.
 * Sources: https://vector.dev/docs/reference/configuration/transforms/sample/, https://docs.cribl.io/stream/usecase-sampling/,
 * https://docs.cribl.io/stream/suppress-function/, https://opentelemetry.io/docs/specs/otel/trace/tracestate-probability-sampling/
 */
const MARKS: readonly (readonly [name: string, leavesOut: (mark: string) => boolean])[] = [
  ['sample_rate', isOneOfMany],
  ['sampled', isOneOfMany],
  ['suppressCount', (mark) => Number(mark) > 0],
  ['sampling.threshold', (mark) => THRESHOLD.test(mark) && !ZERO.test(mark)],
];
/** `30`, `1:30` or, for a share of all, `0.13`. */
const RATE = /^(?:1:)?(\d+(?:\.\d+)?)$/;
/** Of 56 bits in base 16, without the zeros at the end. */
const THRESHOLD = /^[\da-f]{1,14}$/;
/** Nothing lies below it. */
const ZERO = /^0+$/;
/** Where envelopes have what was added to a record. */
const PLACES: readonly string[] = ['result', 'fields', 'attributes', '_source'];
/**
 * Where OpenTelemetry itself has it, as a list of keys with their values, below its lists of resources.
 * Source: https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding
 */
const RESOURCES = 'resourceLogs';
const LISTS: readonly string[] = ['scopeLogs', 'logRecords', 'attributes'];

/**
 * Says whether a record, or its envelope, tells that others like it were left out. Cribl marks with a rate of one what it keeps
 * whole, and no rate is zero, as what traces say of themselves is.
 */
export function isSampled(value: RawEvent): boolean {
  // Every record comes by here, and each costs time.
  if (isMarked(value)) return true;
  for (const name of PLACES) {
    const place = value[name];
    if (isRecord(place) && isMarked(place)) return true;
  }
  const resources = value[RESOURCES];
  return (
    Array.isArray(resources) && resources.some((one) => listAttributes(one, LISTS).some(isMarked))
  );
}

function isMarked(place: RawEvent): boolean {
  for (const [name, leavesOut] of MARKS) {
    const mark = place[name];
    if (mark !== undefined && mark !== null && leavesOut(String(mark))) return true;
  }
  return false;
}

/** Each attribute of each record as an object of its own. */
function listAttributes(value: unknown, [list, ...below]: readonly string[]): RawEvent[] {
  if (list === undefined) {
    const name = readPath(value, 'key');
    return typeof name === 'string' ? [{ [name]: readPath(value, 'value', 'stringValue') }] : [];
  }
  const elements = readPath(value, list);
  return Array.isArray(elements) ? elements.flatMap((one) => listAttributes(one, below)) : [];
}

function isOneOfMany(rate: string): boolean {
  const [, told] = RATE.exec(rate) ?? [];
  return told !== undefined && Number(told) !== 1 && Number(told) !== 0;
}
