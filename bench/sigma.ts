import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { routeEvents } from '../src/evaluation/route-events.ts';
import type { Check } from '../src/model/check.ts';
import { type LogEvent, parseLogEvent } from '../src/model/log-event.ts';
import { NO_TUNING } from '../src/model/tuning.ts';
import { compileRules } from '../src/sigma/compile-rules.ts';
import { parseSigmaDocuments } from '../src/sigma/parse-sigma-documents.ts';
import type { SigmaDocument } from '../src/sigma/sigma-document.ts';
import { generateNoise } from '../test/simulators/okta/generate-noise.ts';

const EVENTS = 100_000;
/** What an archive hands on at once. */
const EVENTS_IN_A_BATCH = 500;
const RULES = 100;
const ROUNDS = 7;
/** What 100 rules may cost, as a part of the parsing of the same events. */
const LIMIT = 0.35;
const RULES_FOLDER = join(import.meta.dirname, '..', 'rules');

/**
 * Measures 100 rules, and the built-in correlations, over 100,000 routine events against `JSON.parse` of the same events.
 * All are timed in turns, batch by batch, so that a busy machine slows all of them; medians of the rounds are printed.
 * Correlations are a line of their own: they keep every event that meets their rules, which is most of a log where one
 * of them watches all sign-ins, so that they cost memory more than time.
 */
export function benchSigma(): void {
  const documents = readRules();
  const parts = { rules: loadRules(documents), correlations: loadCorrelations(documents) };
  const batches = writeEvents();
  const rounds = Array.from({ length: ROUNDS + 1 }, () => runRound(parts, batches)).slice(1);
  const parseMs = median(rounds.map((round) => round.parseMs));
  console.log(`sigma: ${EVENTS} events, medians of ${ROUNDS} rounds`);
  console.log(`  JSON.parse                ${perSecond(parseMs)} events/s`);
  for (const part of ['rules', 'correlations'] as const) {
    const partMs = median(rounds.map((round) => round[part]));
    const ratio = median(rounds.map((round) => round[part] / round.parseMs));
    const verdict =
      part === 'rules' ? ` (at most ${LIMIT}: ${ratio <= LIMIT ? 'ok' : 'TOO SLOW'})` : '';
    const name = `${parts[part].length} ${part}`.padEnd(24);
    console.log(`  ${name}  ${perSecond(partMs)} events/s, ratio ${ratio.toFixed(2)}${verdict}`);
  }
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

/** The built-in rules, and copies of them under other names up to the number that is measured. */
function loadRules(documents: readonly SigmaDocument[]): readonly Check[] {
  const rules = documents.filter(({ kind }) => kind === 'rule');
  const copies = rules.map((document, index) => {
    const content = { ...document.content, name: `copy-${index}`, id: `copy-${index}` };
    return { ...document, content };
  });
  return compile([...rules, ...copies]).slice(0, RULES);
}

function loadCorrelations(documents: readonly SigmaDocument[]): readonly Check[] {
  return compile(documents).filter(({ kind }) => kind === 'correlation');
}

function compile(documents: readonly SigmaDocument[]): readonly Check[] {
  return compileRules({ documents, eventTypes: [], tuning: NO_TUNING }).checks;
}

function writeEvents(): string[][] {
  const events = generateNoise({ seed: 1, from: '2026-01-01', to: '2026-01-08', count: EVENTS });
  const batches: string[][] = [];
  for (let from = 0; from < events.length; from += EVENTS_IN_A_BATCH) {
    const batch = events.slice(from, from + EVENTS_IN_A_BATCH);
    batches.push(batch.map((event) => JSON.stringify(event)));
  }
  return batches;
}

type Round = Readonly<Record<'parseMs' | 'rules' | 'correlations', number>>;

function runRound(
  parts: Readonly<Record<'rules' | 'correlations', readonly Check[]>>,
  batches: readonly (readonly string[])[],
): Round {
  const rules = startEvaluation(parts.rules);
  const correlations = startEvaluation(parts.correlations);
  const spent = { parseMs: 0, rules: 0, correlations: 0 };
  for (const batch of batches) {
    const started = performance.now();
    const records = batch.map((text): unknown => JSON.parse(text));
    spent.parseMs += performance.now() - started;
    const events = records.map(parseLogEvent).filter((event) => event !== null);
    spent.rules += timeOf(() => events.forEach(rules.route));
    spent.correlations += timeOf(() => events.forEach(correlations.route));
  }
  spent.rules += timeOf(rules.finish);
  spent.correlations += timeOf(correlations.finish);
  return spent;
}

function startEvaluation(checks: readonly Check[]): {
  route: (event: LogEvent) => void;
  finish: () => void;
} {
  const runs = checks.map((check) => ({ check, run: check.begin() }));
  const route = routeEvents(
    runs.map(({ check, run }) => ({
      eventTypes: check.needs.eventTypes,
      accept: (event: LogEvent) => run.accept(event),
    })),
  );
  return {
    route: (event) => route(event),
    finish: () => {
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
