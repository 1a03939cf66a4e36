import { isRecord } from '../model/log-event.ts';
import { judgeLogsource } from './judge-logsource.ts';
import type { DetectionBody, RuleReader } from './rule-body.ts';
import { type LibraryEntry, type RuleLibrary, tuningOf } from './rule-library.ts';
import { reportInto, type SigmaDocument } from './sigma-document.ts';
import type { ProblemReporter } from './sigma-problem.ts';

/** Adds what narrows a rule's detection. Source: Sigma filters specification 2.1; its condition is linked with "and". */
export interface RuleFilters {
  /** Every filter of a rule or correlation; one that cannot be read is left out, having been reported. */
  of(entry: LibraryEntry): readonly DetectionBody[];
}

/** A filter that is missing makes findings more, never fewer: it is said, and costs no coverage. */
const LEFT_OUT = 'The filter is left out: what it is for runs without it, and reports more.';

interface ReadFilter {
  readonly appliesTo: (entry: LibraryEntry) => boolean;
  readonly body: DetectionBody;
}

/** Reads the filters among the documents and in the tuning. */
export function readFilters(library: RuleLibrary, reader: RuleReader): RuleFilters {
  const filters = library.entries
    .filter(({ document }) => document.kind === 'filter')
    .flatMap((entry) => readFilter({ entry, library, reader }) ?? []);
  const own = new Map<LibraryEntry, DetectionBody | null>();
  return {
    of: (entry) => {
      const shared = filters.filter(({ appliesTo }) => appliesTo(entry)).map(({ body }) => body);
      if (!own.has(entry)) own.set(entry, readTuningFilter(entry, reader));
      const tuned = own.get(entry) ?? null;
      return tuned === null ? shared : [...shared, tuned];
    },
  };
}

function readFilter(options: {
  readonly entry: LibraryEntry;
  readonly library: RuleLibrary;
  readonly reader: RuleReader;
}): ReadFilter | null {
  const { entry, library, reader } = options;
  const { document } = entry;
  const report = reportInto(reader.problems, document);
  const logsource = judgeLogsource(document);
  if (logsource.kind === 'foreign') {
    report.note(['logsource'], logsource.message);
    return null;
  }
  const leaveOut = (): null => {
    report.error(['filter'], LEFT_OUT);
    return null;
  };
  if (entry.metadata === null) return leaveOut();
  if (logsource.kind === 'unclear') {
    report.error(['logsource'], logsource.message);
    return leaveOut();
  }
  const section = document.content['filter'];
  if (!isRecord(section)) {
    report.error(['filter'], 'The filter must be a map of rules, selections and a condition.');
    return leaveOut();
  }
  const appliesTo = readTargets({ written: section['rules'], library, report });
  const body = reader.readBody({ document, at: ['filter'], otherKeys: ['rules'] });
  if (appliesTo === null || body.state === 'failed') return leaveOut();
  warnOfKeeping(section['condition'], report);
  return { appliesTo, body };
}

function readTargets(options: {
  readonly written: unknown;
  readonly library: RuleLibrary;
  readonly report: ProblemReporter;
}): ReadFilter['appliesTo'] | null {
  const { written, library, report } = options;
  const names = typeof written === 'string' ? [written] : written;
  if (!Array.isArray(names) || !names.every((name) => typeof name === 'string')) {
    report.error(['filter'], 'filter.rules must be "any" or a list of rule names and ids.');
    return null;
  }
  if (names.length === 0) {
    report.warn(
      ['filter', 'rules'],
      'The filter names no rule, so that it is for every rule; write rules: any to say so.',
    );
  }
  const [first] = names;
  const isAny = names.length === 0 || (names.length === 1 && (first === 'any' || first === 'all'));
  if (isAny) return ({ document }) => document.kind === 'rule';
  for (const [index, name] of names.entries()) {
    if (library.find(name) !== null) continue;
    report.warn(
      ['filter', 'rules', index],
      `The filter names the rule ${name}, which does not exist.`,
    );
  }
  return (entry) => names.some((name) => entry.names.includes(name));
}

function readTuningFilter(entry: LibraryEntry, reader: RuleReader): DetectionBody | null {
  const { rules, place } = reader.tuning;
  const filter = tuningOf(entry, rules)?.filter ?? null;
  if (filter === null) return null;
  const name = entry.names.find((one) => Object.hasOwn(rules, one)) ?? entry.id;
  const document: SigmaDocument = {
    path: place?.path ?? 'the tuning file',
    origin: 'user',
    kind: 'filter',
    content: { name: entry.id, filter },
    lineOf: (keys) => place?.lineOf(['rules', name, ...keys]) ?? 1,
  };
  const body = reader.readBody({ document, at: ['filter'], otherKeys: [] });
  const report = reportInto(reader.problems, document);
  if (body.state === 'failed') {
    report.error(['filter'], LEFT_OUT);
    return null;
  }
  warnOfKeeping(filter['condition'], report);
  return body;
}

function warnOfKeeping(condition: unknown, report: ProblemReporter): void {
  const texts = [condition].flat().filter((text) => typeof text === 'string');
  if (texts.every((text) => /(^|[\s(])not[\s(]/i.test(text))) return;
  report.warn(
    ['filter', 'condition'],
    'The filter keeps only the events that meet its condition; to leave them out, write "not" before it.',
  );
}
