import { isRecord, type RawEvent } from '../../../model/log-event.ts';

/**
 * Where tools that keep one event of many say of how many, on each that they kept: Vector's `sample`, and Cribl's Sampling.
 * Sources: https://vector.dev/docs/reference/configuration/transforms/sample/, https://docs.cribl.io/stream/usecase-sampling/
 */
const MARKS = ['sample_rate', 'sampled'];
/** `30`, `1:30` or, for a share of all, `0.13`. */
const RATE = /^(?:1:)?(\d+(?:\.\d+)?)$/;

/** Says whether the envelope of a record tells that others like it were left out. Cribl marks with a rate of one what it keeps whole. */
export function isSampled(value: RawEvent): boolean {
  return [value, value['result'], value['fields']].some(
    (place) => isRecord(place) && MARKS.some((mark) => leavesOut(place[mark])),
  );
}

function leavesOut(rate: unknown): boolean {
  const [, told] = RATE.exec(String(rate)) ?? [];
  return told !== undefined && Number(told) !== 1;
}
