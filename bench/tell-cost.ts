import { writeFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

/** What a process has cost, as it says itself when it ends. */
export interface ProcessCost {
  readonly peakBytes: number;
  readonly cpuMs: number;
}

/** Loaded before the program that is measured: writes its cost into the file that the environment names. */
const path = process.env['BENCH_COST_FILE'];

if (isMainThread && path !== undefined) {
  process.on('exit', () => {
    const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
    const cost: ProcessCost = {
      peakBytes: maxRSS * 1024,
      cpuMs: (userCPUTime + systemCPUTime) / 1000,
    };
    writeFileSync(path, JSON.stringify(cost));
  });
}
