import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import type { Side } from './list-sides.ts';

/** What a side took; of several runs, the median of each figure. */
export interface Measured {
  readonly cpuSeconds: number;
  readonly wallSeconds: number;
  readonly peakMegabytes: number;
  /** How many events and a hash over their sorted uuids; empty where a side has no answer. */
  readonly answer: string;
}

/** Results by the name of their side. */
export type Results = ReadonlyMap<string, Measured>;

/** The shell counts milliseconds, `time` the memory. */
const MEASURE = 'TIMEFORMAT="%3U %3S %3R"; time /usr/bin/time -f %M "$@"';

/**
 * Runs every side once a round, in another order each time, so that what else the machine does meets all of them.
 * Throws where two sides give different answers.
 */
export function runInterleaved(sides: readonly Side[]): Results {
  const runs = new Map<string, Measured[]>(sides.map(({ name }) => [name, []]));
  const rounds = Math.max(...sides.map((side) => side.rounds));
  for (let round = 0; round < rounds; round += 1) {
    const turn = round % sides.length;
    for (const side of [...sides.slice(turn), ...sides.slice(0, turn)]) {
      if (round >= side.rounds) continue;
      console.error(`round ${round + 1}: ${side.name}`);
      runs.get(side.name)?.push(measure(side));
    }
  }
  const all = [...runs.values()].flat().map(({ answer }) => answer);
  const answers = new Set(all.filter((answer) => answer !== ''));
  if (answers.size !== 1) throw new Error(`the sides disagree: ${JSON.stringify([...answers])}`);
  return new Map([...runs].map(([name, measured]) => [name, takeMedian(measured)]));
}

function measure({ command, answers }: Side): Measured {
  const { stdout, stderr, status } = spawnSync('bash', ['-c', MEASURE, 'bash', ...command], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    cwd: import.meta.dirname,
  });
  if (status !== 0) throw new Error(`${command.join(' ')} failed: ${stderr}`);
  const [peak = '', times = ''] = stderr.trim().split('\n').slice(-2);
  const [user = 0, system = 0, wall = 0] = times.split(' ').map(Number);
  const uuids = stdout.split('\n').filter((line) => line !== '');
  const hash = createHash('sha256').update(uuids.sort().join()).digest('hex').slice(0, 12);
  return {
    cpuSeconds: user + system,
    wallSeconds: wall,
    peakMegabytes: Number(peak) / 1024,
    answer: answers ? `${uuids.length} events, ${hash}` : '',
  };
}

function takeMedian(measured: readonly Measured[]): Measured {
  const middle = (read: (one: Measured) => number): number => {
    const sorted = measured.map(read).sort((one, other) => one - other);
    return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  };
  return {
    cpuSeconds: middle((one) => one.cpuSeconds),
    wallSeconds: middle((one) => one.wallSeconds),
    peakMegabytes: middle((one) => one.peakMegabytes),
    answer: measured[0]?.answer ?? '',
  };
}
