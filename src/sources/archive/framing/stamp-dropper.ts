import type { CutValue } from './cut-values.ts';

export interface StampDropper {
  take(value: CutValue): void;
  /** Whether something waits for the record that it stands in front of. */
  isWaiting(): boolean;
  /** Hands over what waits for a record that never came. */
  end(): void;
}

const NINE = 0x39;
const OPEN_OBJECT = 0x7b;
/** Nothing that stands for a record that was lost, as `"[object Object]"` does. */
const TAG = /^"[\w.:/-]{1,200}"$/;
const TIME = /^\d{10}(\.\d+)?$/;
const LONGEST_STAMP = 202;

/**
 * Leaves out the time, and the tag before it, that Fluentd's lists have in front of a record: `["okta", 1642327200, {}]`. What
 * stands anywhere else is handed over, as a record that nobody can read.
 * Source: https://github.com/fluent/fluentd/wiki/Forward-Protocol-Specification-v1
 */
export function createStampDropper(handOver: (value: CutValue) => void): StampDropper {
  const waiting: { readonly value: CutValue; readonly isTime: boolean }[] = [];
  const release = (): void => {
    for (const { value } of waiting.splice(0)) handOver(value);
  };
  return {
    take: (value) => {
      const stamp = readStamp(value);
      const isStamped = waiting.at(-1)?.isTime === true;
      if (stamp !== null) {
        const isTime = TIME.test(stamp);
        if (isStamped || !isTime) release();
        waiting.push({ value, isTime });
        return;
      }
      if (isStamped && value.bytes[0] === OPEN_OBJECT) waiting.length = 0;
      release();
      handOver(value);
    },
    isWaiting: () => waiting.length > 0,
    end: release,
  };
}

/** The text of a value that may be a tag or a time. */
function readStamp({ bytes }: CutValue): string | null {
  const first = bytes[0] ?? OPEN_OBJECT;
  if (first > NINE || bytes.length > LONGEST_STAMP) return null;
  const text = bytes.toString('latin1').trim();
  return TAG.test(text) || TIME.test(text) ? text : null;
}
