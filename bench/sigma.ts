import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { listenFor } from '../src/evaluation/listen-for.ts';
import { routeEvents } from '../src/evaluation/route-events.ts';
import type { Check } from '../src/model/check.ts';
import { type LogEvent, parseLogEvent } from '../src/model/log-event.ts';
import { NO_TUNING } from '../src/model/tuning.ts';
import {
  compileRules,
  documentsFromObjects,
  parseSigmaDocuments,
  type SigmaDocument,
} from '../src/sigma/index.ts';
import { generateNoise, NOISE_EVENT_TYPES } from '../test/simulators/okta/generate-noise.ts';

const EVENTS = 100_000;
/** What an archive hands on at once. */
const EVENTS_IN_A_BATCH = 500;
const RULES = 100;
const ROUNDS = 7;
/** What 100 rules may cost, as a part of the parsing of the same events. */
const LIMIT = 0.35;
const RULES_FOLDER = join(import.meta.dirname, '..', 'rules');

/**
 * Measures rules over 100,000 routine events against `JSON.parse` of the same events: 100 plain rules, then the pack as
 * shipped, on an archive and on a full pull, and its correlations alone.
 * Rules and parsing are timed in turns, batch by batch, so that a busy machine slows both; medians of the rounds are printed.
 * On an archive a correlation lets records go and reads those of its hits again; on a full pull it packs what it keeps.
 */
export function benchSigma(): void {
  const documents = readRules();
  const batches = writeEvents();
  console.log(`sigma: ${EVENTS} events, medians of ${ROUNDS} rounds`);
  const rules = loadRules(documents);
  const { ratio, line } = measure({ checks: rules, batches, readsAgain: true });
  const verdict = ratio <= LIMIT ? 'ok' : 'TOO SLOW';
  console.log(`  ${rules.length} rules: ${line} (at most ${LIMIT}: ${verdict})`);
  const pack = compile(documents);
  const correlations = pack.filter(({ kind }) => kind === 'correlation');
  for (const readsAgain of [true, false]) {
    const where = readsAgain ? 'on an archive' : 'on a full pull';
    const whole = measure({ checks: pack, batches, readsAgain });
    console.log(`  the pack of ${pack.length} ${where}: ${whole.line}`);
    const some = measure({ checks: correlations, batches, readsAgain });
    console.log(`    its ${correlations.length} correlations: ${some.line}`);
  }
}

interface Measured {
  readonly checks: readonly Check[];
  readonly batches: readonly Buffer[];
  readonly readsAgain: boolean;
}

function measure(measured: Measured): { readonly ratio: number; readonly line: string } {
  const rounds = Array.from({ length: ROUNDS + 1 }, () => runRound(measured)).slice(1);
  const ratio = median(rounds.map(({ parseMs, checkMs }) => checkMs / parseMs));
  const parsed = perSecond(median(rounds.map(({ parseMs }) => parseMs)));
  const checked = perSecond(median(rounds.map(({ checkMs }) => checkMs)));
  const line = `${checked} events/s, JSON.parse ${parsed} events/s, ratio ${ratio.toFixed(2)}`;
  return { ratio, line };
}

function readRules(): SigmaDocument[] {
  const folders = readdirSync(RULES_FOLDER, { withFileTypes: true });
  return folders.flatMap((folder) => {
    if (!folder.isDirectory()) return [];
    const path = join(RULES_FOLDER, folder.name, 'rule.yml');
    const text = readFileSync(path, 'utf8');
    return parseSigmaDocuments({ path, text, origin: 'built-in' }).documents;
  });
}

/** The built-in rules that are checks of their own, and as many more on the routine types as make up the number. */
function loadRules(documents: readonly SigmaDocument[]): readonly Check[] {
  const more = Array.from({ length: RULES }, (_, index) => ({
    title: `More ${index}`,
    name: `more-${index}`,
    logsource: { product: 'okta' },
    detection: {
      selection: {
        eventType: NOISE_EVENT_TYPES[index % NOISE_EVENT_TYPES.length],
        'actor.alternateId|endswith': `@more-${index}.example`,
      },
      condition: 'selection',
    },
  }));
  const added = documentsFromObjects({ path: 'more.yml', origin: 'user', objects: more });
  const rules = compile([...documents, ...added]).filter(({ kind }) => kind === 'rule');
  return rules.slice(0, RULES);
}

function compile(documents: readonly SigmaDocument[]): readonly Check[] {
  return compileRules({ documents, eventTypes: [], tuning: NO_TUNING }).checks;
}

/** Batches of lines, kept outside the heap of the engine, so that its garbage collector has only the work that is measured. */
function writeEvents(): Buffer[] {
  const events = generateNoise({ seed: 1, from: '2026-01-01', to: '2026-01-08', count: EVENTS });
  const batches: Buffer[] = [];
  for (let from = 0; from < events.length; from += EVENTS_IN_A_BATCH) {
    const batch = events.slice(from, from + EVENTS_IN_A_BATCH);
    batches.push(Buffer.from(batch.map((event) => JSON.stringify(event)).join('\n')));
  }
  return batches;
}

interface Round {
  readonly parseMs: number;
  readonly checkMs: number;
}

function runRound({ checks, batches, readsAgain }: Measured): Round {
  const { route, finish } = startEvaluation(checks, readsAgain);
  let parseMs = 0;
  let checkMs = 0;
  for (const batch of batches) {
    const lines = batch.toString('utf8').split('\n');
    const started = performance.now();
    const records = lines.map((text): unknown => JSON.parse(text));
    parseMs += performance.now() - started;
    const events = records.map(parseLogEvent).filter((event) => event !== null);
    checkMs += timeOf(() => events.forEach(route));
  }
  return { parseMs, checkMs: checkMs + timeOf(finish) };
}

function startEvaluation(
  checks: readonly Check[],
  readsAgain: boolean,
): {
  route: (event: LogEvent) => void;
  finish: () => void;
} {
  const runs = checks.map((check) => ({ check, run: check.begin({ readsAgain }) }));
  const route = routeEvents(runs.map(({ check, run }) => listenFor(check, run)));
  return {
    route: (event) => route(event),
    finish: () => {
      for (const { run } of runs) run.follow?.();
      for (const { run } of runs) run.finish();
    },
  };
}

function timeOf(work: () => void): number {
  const started = performance.now();
  work();
  return performance.now() - started;
}

function perSecond(durationMs: number): string {
  return Math.round((EVENTS / durationMs) * 1000).toLocaleString('en');
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

if (import.meta.main) benchSigma();
