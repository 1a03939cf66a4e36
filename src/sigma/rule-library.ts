import type { RuleTuning } from '../model/tuning.ts';
import { type RuleMetadata, readMetadata } from './parse/rule-metadata.ts';
import { labelOf, reportInto, type SigmaDocument } from './sigma-document.ts';
import { describeFirstError, type SigmaProblem } from './sigma-problem.ts';

/** A rule, correlation or filter under the names by which others refer to it. */
export interface LibraryEntry {
  readonly document: SigmaDocument;
  /** Null where the metadata cannot be read; then `broken` says why. */
  readonly metadata: RuleMetadata | null;
  readonly broken: string;
  /** What its check is called; unique in the library. */
  readonly id: string;
  /** Everything that refers to it: its name, its UUID, and those of the built-in rule that it replaces. */
  readonly names: readonly string[];
}

/** All documents of one run, with built-in rules replaced and duplicates set aside. */
export interface RuleLibrary {
  readonly entries: readonly LibraryEntry[];
  /** Documents that bear the name or id of an earlier one; they do not run. */
  readonly duplicates: readonly LibraryEntry[];
  readonly problems: readonly SigmaProblem[];
  find(name: string): LibraryEntry | null;
}

/** Reads the metadata of all documents and settles who is who; nothing may bear a name that is taken outside of it. */
export function buildLibrary(
  documents: readonly SigmaDocument[],
  takenNames: readonly string[] = [],
): RuleLibrary {
  const problems: SigmaProblem[] = [];
  const read = documents.map((document) => readEntry(document, problems));
  const users = read.filter(({ document }) => document.origin === 'user');
  const builtIn = read.filter(({ document }) => document.origin === 'built-in');
  const kept = builtIn.filter((entry) => users.every((user) => !shareName(user, entry)));
  const renamed = users.map((user) => takeOverNames(user, builtIn));
  for (const user of users) warnOfBorrowedId({ user, builtIn, problems });
  const byName = new Map<string, LibraryEntry>();
  const entries: LibraryEntry[] = [];
  const duplicates: LibraryEntry[] = [];
  for (const entry of [...kept, ...renamed]) {
    const taken = entry.names.find((name) => takenNames.includes(name));
    const earlier = entry.names
      .map((name) => byName.get(name))
      .find((found) => found !== undefined);
    if (taken === undefined && earlier === undefined) {
      entries.push(entry);
      for (const name of entry.names) byName.set(name, entry);
      continue;
    }
    if (taken !== undefined) reportTaken({ entry, taken, problems });
    else if (earlier !== undefined) reportDuplicate({ entry, earlier, problems });
    const { path } = entry.document;
    duplicates.push({ ...entry, id: `${entry.id} (${path}:${entry.document.lineOf(['title'])})` });
  }
  return { entries, duplicates, problems, find: (name) => byName.get(name) ?? null };
}

/** What the tuning file says of a rule, under any of its names. */
export function tuningOf(
  entry: LibraryEntry,
  tuning: Readonly<Record<string, RuleTuning>>,
): RuleTuning | null {
  for (const name of entry.names) {
    if (Object.hasOwn(tuning, name)) return tuning[name] ?? null;
  }
  return null;
}

function readEntry(document: SigmaDocument, problems: SigmaProblem[]): LibraryEntry {
  const own: SigmaProblem[] = [];
  const metadata = readMetadata(document, reportInto(own, document));
  problems.push(...own);
  const { name, id } = document.content;
  const names = [name, id].filter(
    (text): text is string => typeof text === 'string' && text !== '',
  );
  const ownId = names[0] ?? labelOf(document) ?? document.path;
  return {
    document,
    metadata,
    broken: describeFirstError(own),
    id: ownId,
    names: names.length > 0 ? names : [ownId],
  };
}

function shareName(one: LibraryEntry, other: LibraryEntry): boolean {
  return one.document.kind !== 'filter' && one.names.some((name) => other.names.includes(name));
}

/** A scope knows a built-in rule by its name, so that what replaces it answers to that name too. */
function takeOverNames(user: LibraryEntry, builtIn: readonly LibraryEntry[]): LibraryEntry {
  const replaced = builtIn.find((entry) => shareName(user, entry));
  if (replaced === undefined) return user;
  return { ...user, id: replaced.id, names: [...new Set([...replaced.names, ...user.names])] };
}

/** A copy that got a name of its own and kept the id is mostly meant to stand beside the rule that it was copied from. */
function warnOfBorrowedId({
  user,
  builtIn,
  problems,
}: {
  readonly user: LibraryEntry;
  readonly builtIn: readonly LibraryEntry[];
  readonly problems: SigmaProblem[];
}): void {
  const { name } = user.document.content;
  if (typeof name !== 'string' || name === '') return;
  const replaced = builtIn.find((entry) => shareName(user, entry) && !entry.names.includes(name));
  if (replaced === undefined) return;
  reportInto(problems, user.document).warn(
    ['id'],
    `It has the id of the built-in rule ${replaced.id} and takes its place; give it an id of its own to keep both.`,
  );
}

function reportTaken({
  entry,
  taken,
  problems,
}: {
  readonly entry: LibraryEntry;
  readonly taken: string;
  readonly problems: SigmaProblem[];
}): void {
  const key = entry.document.content['name'] === taken ? 'name' : 'id';
  reportInto(problems, entry.document).error(
    [key],
    `The name ${taken} is that of a check which is no rule; give this one another. It does not run.`,
  );
}

function reportDuplicate(options: {
  readonly entry: LibraryEntry;
  readonly earlier: LibraryEntry;
  readonly problems: SigmaProblem[];
}): void {
  const { entry, earlier, problems } = options;
  const { path } = earlier.document;
  const { id } = entry.document.content;
  const key = id !== undefined && id === earlier.document.content['id'] ? 'id' : 'name';
  reportInto(problems, entry.document).error(
    [key],
    `The ${key} is also that of the rule in ${path}:${earlier.document.lineOf([key])}; this one does not run.`,
  );
}
