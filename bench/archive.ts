import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleSides, listSides } from './archive/list-sides.ts';
import { prepareArchive } from './archive/prepare-archive.ts';
import { renderPage, renderSize, renderSummary } from './archive/render-results.ts';
import { type Results, runInterleaved } from './archive/run-sides.ts';

const PAGE = join(import.meta.dirname, '../docs/BENCHMARKS.md');
const DEFAULT_SIZES = [100_000, 500_000, 2_000_000];

/**
 * Runs every side on the same generated archives, interleaved, and compares medians; all answers must be the same.
 * `--events 100000,500000` chooses sizes, `--write` puts the table into docs/BENCHMARKS.md.
 */
async function benchArchive(args: readonly string[]): Promise<void> {
  const at = args.indexOf('--events');
  const sizes = at < 0 ? DEFAULT_SIZES : (args[at + 1] ?? '').split(',').map(Number);
  await bundleSides();
  const bySize = new Map<number, Results>();
  const sections: string[] = [];
  for (const events of sizes) {
    const files = await prepareArchive(events);
    const results = runInterleaved(listSides(files, events));
    bySize.set(events, results);
    sections.push(renderSize(events, results));
    console.log(sections.at(-1));
  }
  sections.push(renderSummary(bySize));
  console.log(sections.at(-1));
  if (args.includes('--write')) writeFileSync(PAGE, renderPage(sections));
}

if (import.meta.main) await benchArchive(process.argv.slice(2));
