import { type EventTypeSet, uniteEventTypes } from '../../model/event-type-set.ts';
import type { Expression } from '../expression/detection-expression.ts';
import type { FieldPath } from '../expression/field-path.ts';
import { listNamedFields, listNeededFields } from '../list-needed-fields.ts';
import type { EventMatcher } from '../match/compile-matcher.ts';
import { necessaryEventTypes } from '../match/necessary-event-types.ts';
import { nameInRecord } from '../match/necessary-fields.ts';
import { applyFilters, type DetectionBody, type NotReady, type RuleReader } from '../rule-body.ts';
import type { RuleFilters } from '../rule-filters.ts';
import type { LibraryEntry, RuleLibrary } from '../rule-library.ts';
import { reportInto } from '../sigma-document.ts';
import { describeFirstError, type ProblemReporter, type SigmaProblem } from '../sigma-problem.ts';
import type { CorrelationSpec } from './correlation-spec.ts';
import { parseCorrelation } from './parse-correlation.ts';
import type { CorrelationPlan, CorrelationSource } from './run-correlation.ts';

/** A correlation that can run, with what must be read for it. */
interface ReadyCorrelation {
  readonly state: 'ready';
  readonly plan: CorrelationPlan;
  readonly eventTypes: EventTypeSet;
  readonly lookBackMs: number;
  readonly neededFields: readonly string[];
}

export interface CorrelationCompiler {
  compile(entry: LibraryEntry): ReadyCorrelation | NotReady;
  /** The section as written; null where it cannot be read. */
  specOf(entry: LibraryEntry): CorrelationSpec | null;
}

interface Compiling {
  readonly library: RuleLibrary;
  readonly reader: RuleReader;
  readonly filters: RuleFilters;
  readonly bodyOf: (entry: LibraryEntry) => DetectionBody;
  readonly specOf: (entry: LibraryEntry) => ReadSpec;
}

type ReadSpec = { readonly spec: CorrelationSpec } | { readonly reason: string };

/** What one reference of a correlation gives. */
interface Part {
  readonly state: 'ready';
  readonly source: CorrelationSource;
  readonly eventTypes: EventTypeSet;
  readonly lookBackMs: number;
  readonly neededFields: readonly string[];
}

/** Gives the compiler of correlations; each document is read once, however often others refer to it. */
export function createCorrelationCompiler(options: Omit<Compiling, 'specOf'>): CorrelationCompiler {
  const specs = new Map<LibraryEntry, ReadSpec>();
  const specOf = (entry: LibraryEntry): ReadSpec => {
    const known = specs.get(entry) ?? readSpec(entry, options);
    specs.set(entry, known);
    return known;
  };
  const compiling: Compiling = { ...options, specOf };
  return {
    compile: (entry) => compile(compiling, newPlace(entry)),
    specOf: (entry) => {
      const read = specOf(entry);
      return 'spec' in read ? read.spec : null;
    },
  };
}

function readSpec(
  entry: LibraryEntry,
  { library, reader }: Pick<Compiling, 'library' | 'reader'>,
): ReadSpec {
  const problems: SigmaProblem[] = [];
  const report = reportInto(problems, entry.document);
  const spec = parseCorrelation(entry.document, report);
  if (spec !== null) warnOfStrangers({ spec, library, report });
  reader.problems.push(...problems);
  return spec === null ? { reason: describeFirstError(problems) } : { spec };
}

/** A field for a rule that takes no part is mostly that of a rule whose name is misspelt. */
function warnOfStrangers({
  spec: { aliases, references },
  library,
  report,
}: {
  readonly spec: CorrelationSpec;
  readonly library: RuleLibrary;
  readonly report: ProblemReporter;
}): void {
  const names = references.flatMap((name) => [name, ...(library.find(name)?.names ?? [])]);
  for (const [alias, fields] of Object.entries(aliases)) {
    for (const rule of Object.keys(fields).filter((name) => !names.includes(name))) {
      const message = `The alias ${alias} names the rule ${rule}, which is not among those of the correlation.`;
      report.warn(['correlation', 'aliases', alias, rule], message);
    }
  }
}

/** Far beyond any rule that a person wrote; a circle-free file could still refer to itself exponentially often. */
const MAX_REFERENCES = 200;
const MAX_DEPTH = 10;

function newPlace(entry: LibraryEntry): Place {
  return { entry, above: [], outerFilters: [], budget: { left: MAX_REFERENCES }, matchers: [] };
}

interface Place {
  readonly entry: LibraryEntry;
  /** The correlations that this one stands in, outermost first. */
  readonly above: readonly LibraryEntry[];
  readonly outerFilters: readonly DetectionBody[];
  /** How many references may still be followed. */
  readonly budget: { left: number };
  readonly matchers: { readonly parts: readonly unknown[]; readonly matcher: EventMatcher }[];
}

function compile(compiling: Compiling, place: Place): ReadyCorrelation | NotReady {
  const { entry } = place;
  if (entry.metadata === null) return { state: 'failed', reason: entry.broken };
  const read = compiling.specOf(entry);
  if (!('spec' in read)) return { state: 'failed', reason: read.reason };
  const { spec } = read;
  const inner: Place = {
    ...place,
    above: [...place.above, entry],
    outerFilters: [...place.outerFilters, ...compiling.filters.of(entry)],
  };
  const twice = findNamedTwice(spec, compiling.library);
  if (twice !== null) return reject(compiling, entry, twice);
  const parts: Part[] = [];
  for (const [index, name] of spec.references.entries()) {
    const part = compileReference(compiling, { name, index, inner });
    if (part.state !== 'ready') return part;
    parts.push(part);
  }
  const fields = readRuleFields(compiling, entry, spec);
  if ('state' in fields) return fields;
  return {
    state: 'ready',
    plan: { spec, sources: parts.map(({ source }) => source), ...fields },
    eventTypes: uniteEventTypes(parts.map(({ eventTypes }) => eventTypes)),
    lookBackMs: spec.spanMs + Math.max(...parts.map(({ lookBackMs }) => lookBackMs)),
    neededFields: [
      ...new Set([
        ...listNamedFields(entry, compiling.reader),
        ...parts.flatMap(({ neededFields }) => neededFields),
        ...fields.groupFields.flat().map(nameInRecord),
        ...fields.valueFields.flat().map(nameInRecord),
      ]),
    ],
  };
}

/** By its name and by its id; where no order is asked for, the same event would count for both. */
function findNamedTwice(
  { type, references }: CorrelationSpec,
  { find }: RuleLibrary,
): { readonly at: readonly (string | number)[]; readonly message: string } | null {
  if (type !== 'temporal') return null;
  const rules = references.map(find);
  const index = rules.findIndex((rule, own) => rule !== null && rules.indexOf(rule) < own);
  const rule = rules[index];
  if (rule === undefined || rule === null) return null;
  const message = `${references[rules.indexOf(rule)]} and ${references[index]} are one rule; name it once.`;
  return { at: ['correlation', 'rules', index], message };
}

function compileReference(
  compiling: Compiling,
  { name, index, inner }: { readonly name: string; readonly index: number; readonly inner: Place },
): Part | NotReady {
  const { library } = compiling;
  const found = library.find(name);
  const at = ['correlation', 'rules', index];
  if (found === null || found.document.kind === 'filter') {
    return reject(compiling, inner.entry, { at, message: `The rule ${name} does not exist.` });
  }
  if (inner.above.includes(found)) {
    const circle = [...inner.above.slice(inner.above.indexOf(found)), found].map(({ id }) => id);
    const message = `The correlation leads back to itself: ${circle.join(', ')}.`;
    return reject(compiling, inner.entry, { at, message });
  }
  inner.budget.left -= 1;
  if (inner.above.length > MAX_DEPTH || inner.budget.left < 0) {
    const message = `The correlation refers to more than ${MAX_REFERENCES} rules, or deeper than ${MAX_DEPTH} correlations.`;
    return reject(compiling, inner.entry, { at, message });
  }
  if (found.document.kind === 'correlation') {
    const compiled = compile(compiling, { ...inner, entry: found });
    if (compiled.state !== 'ready') return because(found, compiled);
    return { ...compiled, source: { kind: 'correlation', plan: compiled.plan } };
  }
  const body = applyFilters(compiling.bodyOf(found), inner.outerFilters);
  if (body.state !== 'ready') return because(found, body);
  return {
    state: 'ready',
    source: {
      kind: 'rule',
      matcher: matcherOf(compiling, { place: inner, entry: found, expression: body.expression }),
    },
    eventTypes: necessaryEventTypes(body.expression),
    lookBackMs: 0,
    neededFields: listNeededFields(found, {
      expression: body.expression,
      reader: compiling.reader,
    }),
  };
}

/** The matcher of a rule under the filters around it; compiled once, so that a run can tell that it is the same. */
function matcherOf(
  { reader }: Compiling,
  {
    place,
    entry,
    expression,
  }: {
    readonly place: Place;
    readonly entry: LibraryEntry;
    readonly expression: Expression;
  },
): EventMatcher {
  const filtered = [entry, ...place.outerFilters];
  const known = place.matchers.find(
    ({ parts }) =>
      parts.length === filtered.length && parts.every((part, index) => part === filtered[index]),
  );
  if (known !== undefined) return known.matcher;
  const matcher = reader.compileMatcher(expression);
  place.matchers.push({ parts: filtered, matcher });
  return matcher;
}

function because(entry: LibraryEntry, part: NotReady): NotReady {
  return { state: part.state, reason: `Its rule ${entry.id} cannot run: ${part.reason}` };
}

function reject(
  compiling: Compiling,
  entry: LibraryEntry,
  { at, message }: { readonly at: readonly (string | number)[]; readonly message: string },
): NotReady {
  const problems: SigmaProblem[] = [];
  reportInto(problems, entry.document).error(at, message);
  const isKnown = compiling.reader.problems.some(
    (problem) => problem.path === problems[0]?.path && problem.message === message,
  );
  if (!isKnown) compiling.reader.problems.push(...problems);
  return { state: 'failed', reason: describeFirstError(problems) };
}

/** The fields to group by and to count, for each rule: an alias stands for another field in each. */
function readRuleFields(
  compiling: Compiling,
  entry: LibraryEntry,
  spec: CorrelationSpec,
): Pick<CorrelationPlan, 'groupFields' | 'valueFields'> | NotReady {
  const { document } = entry;
  const readValue = (name: string, at: readonly (string | number)[]): FieldPath => {
    const field = compiling.reader.readField(document, at, name);
    const { whyNoValue } = field;
    if (whyNoValue !== null) reportInto(compiling.reader.problems, document).warn(at, whyNoValue);
    return field;
  };
  const read = (name: string, at: readonly (string | number)[], rule: string): FieldPath | null => {
    const alias = Object.hasOwn(spec.aliases, name) ? spec.aliases[name] : undefined;
    if (alias === undefined) return readValue(name, at);
    const names = compiling.library.find(rule)?.names ?? [rule];
    const field = names.map((one) => (Object.hasOwn(alias, one) ? alias[one] : undefined));
    const own = field.find((one) => one !== undefined);
    return own === undefined ? null : readValue(own, at);
  };
  const readAll = (
    names: readonly string[],
    at: readonly (string | number)[],
  ): (readonly FieldPath[])[] | NotReady => {
    const perRule: (readonly FieldPath[])[] = [];
    for (const rule of spec.references) {
      const fields = names.map((name) => read(name, at, rule));
      const broken = names.find((_, index) => fields[index] === null);
      if (broken !== undefined) {
        const message = `The alias ${broken} names no field for the rule ${rule}.`;
        return reject(compiling, entry, { at: ['correlation', 'aliases', broken], message });
      }
      perRule.push(fields.filter((field) => field !== null));
    }
    return perRule;
  };
  const groupFields = readAll(spec.groupBy, ['correlation', 'group-by']);
  if ('state' in groupFields) return groupFields;
  const valueFields = readAll(spec.fields, ['correlation', 'condition', 'field']);
  return 'state' in valueFields ? valueFields : { groupFields, valueFields };
}
