import type { Check, UnavailableCheck } from '../model/check.ts';
import { isOfNoType } from '../model/event-type-set.ts';
import { saySwitchedOff } from '../model/say-switched-off.ts';
import type { Tuning } from '../model/tuning.ts';
import {
  type CorrelationCompiler,
  createCorrelationCompiler,
} from './correlate/compile-correlation.ts';
import { createCorrelationCheck } from './correlate/create-correlation-check.ts';
import { createEventStore, type EventStore } from './correlate/event-store.ts';
import type { FieldPath } from './expression/field-path.ts';
import { findForeignRules } from './find-foreign-rules.ts';
import { findSilentRules } from './find-silent-rules.ts';
import { judgeLogsource } from './judge-logsource.ts';
import { listNeededFields } from './list-needed-fields.ts';
import { createRuleCheck, profileOf } from './match/create-rule-check.ts';
import { necessaryEventTypes } from './match/necessary-event-types.ts';
import type { RuleMetadata } from './parse/rule-metadata.ts';
import {
  applyFilters,
  createRuleReader,
  type DetectionBody,
  type NotReady,
  type RuleReader,
} from './rule-body.ts';
import { readFilters } from './rule-filters.ts';
import { buildLibrary, type LibraryEntry, type RuleLibrary, tuningOf } from './rule-library.ts';
import { reportInto, type SigmaDocument, type SigmaOrigin } from './sigma-document.ts';
import { describeFirstError, type SigmaProblem } from './sigma-problem.ts';

export interface RulesToCompile {
  /** Built-in documents and the user's, in any order. */
  readonly documents: readonly SigmaDocument[];
  /** Every event type that Okta documents, in its spelling. */
  readonly eventTypes: readonly string[];
  readonly tuning: Pick<Tuning, 'rules' | 'placeholders' | 'place'>;
  /** What checks are called that are no rules; two checks of one name would be taken for one. */
  readonly takenNames?: readonly string[];
  /** What the reading of files reported; a file with an error there is unavailable as a whole or in part. */
  readonly fileProblems?: readonly SigmaProblem[];
}

export interface CompiledRules {
  readonly checks: readonly Check[];
  /** Rules and correlations that do not run, each with the reason. */
  readonly unavailable: readonly UnavailableCheck[];
  /** Errors and warnings, by path and line. */
  readonly problems: readonly SigmaProblem[];
  /** Everything by which a rule, a correlation or a filter can be called. */
  readonly names: ReadonlySet<string>;
  /** Where each check comes from, also one that does not run, by its id. */
  readonly sources: ReadonlyMap<string, RuleSource>;
}

interface RuleSource {
  readonly path: string;
  /** Where its document begins, counted from 1. */
  readonly line: number;
  readonly origin: SigmaOrigin;
  /** It is about another product, so that nothing is missing where it does not run. */
  readonly isForeign: boolean;
  /** The tuning file asks for it by name. */
  readonly isSwitchedOn: boolean;
}

interface Compiling {
  /** One for all correlations, so that an event is kept once. */
  readonly store: EventStore;
  readonly reader: RuleReader;
  readonly bodyOf: (entry: LibraryEntry) => DetectionBody;
  readonly correlations: CorrelationCompiler;
}

/**
 * Compiles rules, correlations and filters to checks. Never throws on a bad rule: it is unavailable, with the reason,
 * and the others compile. A check's id is the rule's name, else its id. Rules that stand in one file with the
 * correlation that refers to them are checks of their own only with `generate: true` or where the tuning names them.
 */
export function compileRules(rules: RulesToCompile): CompiledRules {
  const library = buildLibrary(rules.documents, rules.takenNames);
  const reader = createRuleReader({
    eventTypes: rules.eventTypes,
    tuning: rules.tuning,
    problems: [...(rules.fileProblems ?? []), ...library.problems],
  });
  const compiling = prepare(library, reader);
  const unread = unreadFiles(rules.fileProblems ?? []);
  const checks: Check[] = [];
  const unavailable: UnavailableCheck[] = [
    ...unread,
    ...library.duplicates
      .filter(({ document }) => document.kind !== 'filter')
      .map((entry) =>
        toUnavailable(entry, { state: 'failed', reason: 'Another check has the same id or name.' }),
      ),
  ];
  const foreign = findForeignRules(library, compiling.correlations);
  const silent = findSilentRules({
    library,
    correlations: compiling.correlations,
    tuning: rules.tuning.rules,
  });
  for (const entry of library.entries) {
    if (entry.document.kind === 'filter') continue;
    if (silent.has(entry)) {
      // Its errors are told also where its correlation already has one.
      if (entry.document.kind === 'rule') compiling.bodyOf(entry);
      continue;
    }
    const compiled = isSwitched(entry, rules.tuning, false)
      ? { state: 'not-evaluated' as const, ...saySwitchedOff(entry.id) }
      : compileEntry(compiling, entry);
    if ('state' in compiled) unavailable.push(toUnavailable(entry, compiled));
    else checks.push(compiled);
  }
  return {
    checks,
    unavailable,
    problems: inOrder(withoutRepeats(reader.problems)),
    names: new Set(library.entries.flatMap((entry) => entry.names)),
    sources: new Map([
      ...unread.map(
        ({ id }) =>
          [
            id,
            { path: id, line: 1, origin: 'user', isForeign: false, isSwitchedOn: false },
          ] as const,
      ),
      ...[...library.entries, ...library.duplicates].map((entry) => {
        const { path, origin } = entry.document;
        const line = entry.document.lineOf([]);
        const isForeign = foreign.has(entry);
        const isSwitchedOn = isSwitched(entry, rules.tuning, true);
        return [entry.id, { path, line, origin, isForeign, isSwitchedOn }] as const;
      }),
    ]),
  };
}

function prepare(library: RuleLibrary, reader: RuleReader): Compiling {
  const filters = readFilters(library, reader);
  const bodies = new Map<LibraryEntry, DetectionBody>();
  const bodyOf = (entry: LibraryEntry): DetectionBody => {
    const known = bodies.get(entry) ?? applyFilters(readRuleBody(entry, reader), filters.of(entry));
    bodies.set(entry, known);
    return known;
  };
  const correlations = createCorrelationCompiler({ library, reader, filters, bodyOf });
  return { store: createEventStore(), reader, bodyOf, correlations };
}

const NEVER_MET =
  'No event can meet the condition: it asks for two event types at once, or for a placeholder whose list is empty.';

function readRuleBody(entry: LibraryEntry, reader: RuleReader): DetectionBody {
  const { document } = entry;
  const logsource = judgeLogsource(document);
  if (logsource.kind === 'okta') {
    const body = reader.readBody({ document, at: ['detection'], otherKeys: [] });
    if (body.state === 'ready' && isOfNoType(necessaryEventTypes(body.expression))) {
      reportInto(reader.problems, document).warn(['detection', 'condition'], NEVER_MET);
    }
    return entry.metadata === null ? { state: 'failed', reason: entry.broken } : body;
  }
  const { message } = logsource;
  const own: SigmaProblem[] = [];
  const report = reportInto(own, document);
  if (logsource.kind === 'foreign') report.note(['logsource'], message);
  else report.error(['logsource'], message);
  reader.problems.push(...own);
  return logsource.kind === 'foreign'
    ? { state: 'not-evaluated', reason: message }
    : { state: 'failed', reason: describeFirstError(own) };
}

function compileEntry(compiling: Compiling, entry: LibraryEntry): Check | NotReady {
  const { metadata } = entry;
  if (metadata === null) {
    // What else is wrong is told as well, so that it is mended in one go.
    if (entry.document.kind === 'rule') compiling.bodyOf(entry);
    return { state: 'failed', reason: entry.broken };
  }
  return entry.document.kind === 'correlation'
    ? compileCorrelationEntry(compiling, entry, metadata)
    : compileRuleEntry(compiling, entry, metadata);
}

function compileRuleEntry(
  compiling: Compiling,
  entry: LibraryEntry,
  metadata: RuleMetadata,
): Check | NotReady {
  const body = compiling.bodyOf(entry);
  if (body.state !== 'ready') return body;
  const { reader } = compiling;
  return createRuleCheck({
    profile: readProfile({ compiling, entry, metadata, kind: 'rule' }),
    expression: body.expression,
    matcher: reader.compileMatcher(body.expression),
    groupBy: readGroupBy(compiling, entry, metadata),
    shownFields: metadata.fields.map((name, index) =>
      reader.readField(entry.document, ['fields', index], name),
    ),
    neededFields: listNeededFields(entry, { expression: body.expression, reader }),
  });
}

function compileCorrelationEntry(
  compiling: Compiling,
  entry: LibraryEntry,
  metadata: RuleMetadata,
): Check | NotReady {
  const compiled = compiling.correlations.compile(entry);
  if (compiled.state !== 'ready') return compiled;
  return createCorrelationCheck({
    profile: readProfile({ compiling, entry, metadata, kind: 'correlation' }),
    needs: {
      eventTypes: compiled.eventTypes,
      lookBackMs: compiled.lookBackMs,
      lookAheadMs: 0,
      fields: compiled.neededFields,
    },
    plan: compiled.plan,
    store: compiling.store,
    groupBy: readGroupBy(compiling, entry, metadata),
  });
}

function readProfile(options: {
  readonly compiling: Compiling;
  readonly entry: LibraryEntry;
  readonly metadata: RuleMetadata;
  readonly kind: 'rule' | 'correlation';
}) {
  const { compiling, entry, metadata, kind } = options;
  const severity = tuningOf(entry, compiling.reader.tuning.rules)?.severity ?? null;
  return profileOf({ id: entry.id, kind, metadata, severity });
}

function readGroupBy(
  { reader }: Compiling,
  { document }: LibraryEntry,
  metadata: RuleMetadata,
): readonly FieldPath[] | null {
  const names = metadata.audit['group-by'] ?? null;
  return (
    names?.map((name, index) => reader.readField(document, ['audit', 'group-by', index], name)) ??
    null
  );
}

function isSwitched(
  entry: LibraryEntry,
  tuning: RulesToCompile['tuning'],
  enabled: boolean,
): boolean {
  return tuningOf(entry, tuning.rules)?.enabled === enabled;
}

function unreadFiles(problems: readonly SigmaProblem[]): UnavailableCheck[] {
  const paths = new Set(
    problems.filter(({ severity }) => severity === 'error').map(({ path }) => path),
  );
  return [...paths].map((path) => ({
    id: path,
    kind: 'rule',
    title: path,
    status: 'failed',
    reason: describeFirstError(problems.filter((problem) => problem.path === path)),
  }));
}

function toUnavailable(entry: LibraryEntry, { state, ...why }: NotReady): UnavailableCheck {
  return {
    id: entry.id,
    kind: entry.document.kind === 'correlation' ? 'correlation' : 'rule',
    title: entry.metadata?.title ?? entry.id,
    status: state,
    ...why,
  };
}

function inOrder(problems: readonly SigmaProblem[]): SigmaProblem[] {
  return [...problems].sort(
    (one, other) =>
      (one.path < other.path ? -1 : one.path > other.path ? 1 : 0) || one.line - other.line,
  );
}

/** What is wrong in ten places of one line, or was read for ten others, is said once. */
function withoutRepeats(problems: readonly SigmaProblem[]): SigmaProblem[] {
  const byText = new Map<string, SigmaProblem>();
  for (const problem of problems) {
    const { path, line, rule, message } = problem;
    const key = JSON.stringify([path, line, rule, message]);
    if (!byText.has(key)) byText.set(key, problem);
  }
  return [...byText.values()];
}
