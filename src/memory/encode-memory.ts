import {
  type IssueMemory,
  isSettled,
  isUnasked,
  type RememberedFinding,
} from '../model/issue-memory.ts';
import { compareRows, toMemoryDocument } from './memory-document.ts';
import { MEMORY_VERSION } from './memory-version.ts';
import { MOST_UNPACKED_BYTES, packText } from './pack-text.ts';

/** What was left out of a memory that outgrew its share of the body. */
export interface MemoryCut {
  /** Findings about which nobody was asked that keep their row and lost their words, which no reader misses. */
  readonly unaskedWords: number;
  /** Findings forgotten about which nobody was asked: suppressed, or below the minimum severity. */
  readonly unaskedRows: number;
  /** Acknowledged findings forgotten; should they come back, they are new. */
  readonly acknowledgedRows: number;
  /** Open findings that keep their row and lost their sentence. */
  readonly summaries: number;
  /** Open findings that lost their title as well. */
  readonly titles: number;
}

export interface EncodedMemory {
  /** Letters, digits, `_` and `.`; safe inside an HTML comment. One byte each. */
  readonly text: string;
  readonly cut: MemoryCut;
  /** False where not even the bare open rows fit. They are kept all the same: the rest of the body has to give way. */
  readonly fits: boolean;
}

/**
 * Encodes the memory within a number of bytes. What outgrows it is cut in this order, and no further than needed: what the
 * rows took along; words of rows about which nobody was asked; those rows, as many as a noisy rule makes of them; acknowledged rows, oldest
 * first; sentences of open rows, newest first, because the newest are in the log that the next run reads; their titles,
 * likewise. An open row is never lost.
 */
export function encodeMemory({
  memory,
  maxBytes,
}: {
  memory: IssueMemory;
  maxBytes: number;
}): EncodedMemory {
  const plan = planCuts(memory.findings);
  const lean = { ...memory, findings: memory.findings.map(({ took, ...row }) => row) };
  const encode = (steps: number): Encoding => encodeWith({ memory: lean, plan, steps });
  const fits = ({ text, unpackedBytes }: Encoding): boolean =>
    text.length <= maxBytes && unpackedBytes <= MOST_UNPACKED_BYTES;
  const whole = [encodeWith({ memory, plan, steps: 0 }), encode(0)].find(fits);
  if (whole !== undefined) return { text: whole.text, cut: describeCut(plan, 0), fits: true };
  const steps = findFewestSteps(plan.steps, (tried) => fits(encode(tried)));
  const encoding = encode(steps);
  return { text: encoding.text, cut: describeCut(plan, steps), fits: fits(encoding) };
}

interface Encoding {
  readonly text: string;
  /** A long name of one letter takes hardly any room, and must be read again all the same. */
  readonly unpackedBytes: number;
}

interface CutPlan {
  /** Ids in the order in which they are cut. */
  readonly unaskedWords: readonly string[];
  readonly unasked: readonly string[];
  readonly acknowledged: readonly string[];
  readonly summaries: readonly string[];
  readonly titles: readonly string[];
  readonly steps: number;
}

function planCuts(rows: readonly RememberedFinding[]): CutPlan {
  const oldestFirst = [...rows].sort(compareRows);
  const unaskedRows = oldestFirst.filter(isUnasked);
  const unaskedWords = unaskedRows.filter((row) => row.title + row.summary !== '').map(toId);
  const unasked = unaskedRows.map(toId);
  const acknowledged = oldestFirst.filter(isSettled).map(toId);
  const kept = oldestFirst.filter((row) => !isUnasked(row) && !isSettled(row)).reverse();
  const summaries = kept.filter(({ summary }) => summary !== '').map(toId);
  const titles = kept.filter(({ title }) => title !== '').map(toId);
  const lists = { unaskedWords, unasked, acknowledged, summaries, titles };
  return { ...lists, steps: Object.values(lists).flat().length };
}

function encodeWith({
  memory,
  plan,
  steps,
}: {
  memory: IssueMemory;
  plan: CutPlan;
  steps: number;
}): Encoding {
  const cut = describeCut(plan, steps);
  const gone = new Set([
    ...plan.unasked.slice(0, cut.unaskedRows),
    ...plan.acknowledged.slice(0, cut.acknowledgedRows),
  ]);
  const wordless = plan.unaskedWords.slice(0, cut.unaskedWords);
  const mute = new Set([...wordless, ...plan.summaries.slice(0, cut.summaries)]);
  const nameless = new Set([...wordless, ...plan.titles.slice(0, cut.titles)]);
  const findings = memory.findings
    .filter(({ id }) => !gone.has(id))
    .map((row) => ({
      ...row,
      title: nameless.has(row.id) ? '' : row.title,
      summary: mute.has(row.id) ? '' : row.summary,
    }));
  const json = JSON.stringify(toMemoryDocument({ ...memory, findings }));
  const text = `m${MEMORY_VERSION}.${packText(json)}`;
  return { text, unpackedBytes: Buffer.byteLength(json) };
}

function describeCut(plan: CutPlan, steps: number): MemoryCut {
  let left = steps;
  const take = ({ length }: readonly string[]): number => {
    const taken = Math.min(left, length);
    left -= taken;
    return taken;
  };
  return {
    unaskedWords: take(plan.unaskedWords),
    unaskedRows: take(plan.unasked),
    acknowledgedRows: take(plan.acknowledged),
    summaries: take(plan.summaries),
    titles: take(plan.titles),
  };
}

/** The fewest steps that fit, or all of them; every step makes the text shorter, as good as always. */
function findFewestSteps(all: number, fits: (steps: number) => boolean): number {
  let tooFew = 0;
  let enough = all;
  while (enough - tooFew > 1) {
    const middle = Math.floor((tooFew + enough) / 2);
    if (fits(middle)) enough = middle;
    else tooFew = middle;
  }
  return enough;
}

function toId({ id }: RememberedFinding): string {
  return id;
}
