import { cpus } from 'node:os';
import { formatNumber } from '../../src/model/format-number.ts';
import { type Goal, listGoals, listGrowthGoals } from './list-goals.ts';
import { ROUNDS, SLOW_ROUNDS } from './list-sides.ts';
import type { Results } from './run-sides.ts';

/** One size: what every side took, and which goals that meets. */
export function renderSize(events: number, results: Results): string {
  const rows = [...results].map(
    ([name, { cpuSeconds, wallSeconds, peakMegabytes, answer }]) =>
      `| ${name} | ${cpuSeconds.toFixed(2)} | ${wallSeconds.toFixed(2)} | ${peakMegabytes.toFixed(0)} | ${answer} |`,
  );
  return [
    `## ${formatNumber(events)} events`,
    '',
    '| side | CPU s | wall s | peak MB | answer |',
    '|---|---:|---:|---:|---|',
    ...rows,
    '',
    renderGoals(listGoals(results)),
  ].join('\n');
}

/** How the sizes compare, and every goal that was missed at one of them. */
export function renderSummary(bySize: ReadonlyMap<number, Results>): string {
  const growth = listGrowthGoals([...bySize.values()]);
  const missed = [
    ...[...bySize].flatMap(([events, results]) =>
      listGoals(results)
        .filter(({ isMet }) => !isMet)
        .map((goal) => `- ${formatNumber(events)} events, ${sayMissed(goal)}`),
    ),
    ...growth.filter(({ isMet }) => !isMet).map((goal) => `- ${sayMissed(goal)}`),
  ];
  return [
    '## All sizes',
    '',
    ...(growth.length === 0 ? [] : [renderGoals(growth)]),
    ...(missed.length === 0
      ? ['Every goal is met.']
      : ['These goals are **not met** in this run:', '', ...missed]),
    '',
  ].join('\n');
}

export function renderPage(sections: readonly string[]): string {
  const [{ model = 'unknown' } = {}] = cpus();
  return [
    '# Benchmarks of the archive scan',
    '',
    `Written by \`node bench/archive.ts --write\` on ${cpus().length} cores of ${model}, Node ${process.version}.`,
    'The question: 18 event types in 20 of 120 days, on generated events of 2.8 kB, about 1 % of them of these types.',
    `Each row is the median of ${ROUNDS} runs (${SLOW_ROUNDS} for jq and Python), interleaved, of a whole process with its start; CPU is user and system time.`,
    'Every side that answers gave the same events: the last column has their number and a hash over their sorted uuids.',
    'The audit also measures coverage (first and last event, events by hour, families by day) in the same pass; its peers do not.',
    'Reading is `readSync` of 1 MB blocks; inflating alone is a Node stream with buffers of 1 MB, as the audit has them.',
    'The audit gives each buffer back when it is scanned, so that the next one is memory the system need not clear: it can be faster than inflating alone.',
    'Of the smallest archive a run takes about as long to start, Node and this program, as to read: its ratios say as much of the start as of the scan.',
    'Threads are started where they save time: not for plain lines of less than 512 MB, nor for anything of less than 64 MB. Packed files are inflated at once by threads that Node has anyway.',
    'Wall times depend on what else the machine does; ratios of CPU hardly do.',
    '',
    ...sections,
  ].join('\n');
}

function renderGoals(goals: readonly Goal[]): string {
  const rows = goals.map(
    ({ what, value, bound, isMet }) =>
      `| ${what} | ${value.toFixed(2)} | ${bound} | ${isMet ? 'yes' : '**no**'} |`,
  );
  return ['| ratio | measured | goal | met |', '|---|---:|---|---|', ...rows, ''].join('\n');
}

function sayMissed({ what, value, bound }: Goal): string {
  return `${what}: ${value.toFixed(2)}, ${bound}`;
}
