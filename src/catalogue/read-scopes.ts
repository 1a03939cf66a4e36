import { AuditError } from '../errors.ts';
import type { DescribedScope } from '../scope/described-scope.ts';
import { type CheckGroups, parseCheckGroups } from '../scope/parse-check-groups.ts';
import { parseScope, type ScopeSource } from '../scope/parse-scope.ts';
import { formatYamlProblem, type YamlProblem, type YamlResult } from '../yaml/parse-strict-yaml.ts';
import { type BuiltinScopeFile, readBuiltinScopes } from './read-catalogue.ts';

const STANDING_PATH = 'scopes/standing.yml';
const DAY_ZERO_PATH = 'scopes/day-zero.yml';
const GROUPS_PATH = 'scopes/check-groups.yml';
const INCIDENT_FOLDER = 'scopes/incidents/';

/** The question of every night. */
export function readStandingScope(): DescribedScope {
  return readScopeAt(STANDING_PATH);
}

/** Every known incident, in the order of their ids. */
export function readIncidents(): DescribedScope[] {
  return parseBuiltinScopes(readIncidentFiles());
}

/** @throws AuditError `incident-unknown`, naming the ids that there are. */
export function findIncident(id: string): DescribedScope {
  const incidents = readIncidents();
  const found = incidents.find((incident) => incident.id === id);
  if (found !== undefined) return found;
  throw new AuditError({
    code: 'incident-unknown',
    message: `incident: there is no incident "${id}" in the catalogue`,
    hint: `Write one of ${incidents.map((incident) => incident.id).join(', ')}, or the path of an incident file (*.yml).`,
  });
}

/** Names for checks that belong together, which every scope file may use. */
export function readCheckGroups(): CheckGroups {
  const [groups] = readFilesAt(GROUPS_PATH).map(parseCheckGroups);
  return groups === undefined ? failOnBuiltin(GROUPS_PATH, []) : holdBuiltin(GROUPS_PATH, groups);
}

/**
 * Parses an incident file that a team wrote. One that names no checks looks for what `scopes/day-zero.yml` names.
 * @param knownChecks where given, any other name is a problem; a run accepts the names of rules that it is given.
 * @throws AuditError `scope-invalid` with every problem and its line.
 */
export function parseIncidentFile(
  file: Pick<ScopeSource, 'path' | 'text'>,
  knownChecks?: ReadonlySet<string>,
): DescribedScope {
  const parsed = parseScope({
    ...file,
    groups: readCheckGroups(),
    defaultChecks: readScopeAt(DAY_ZERO_PATH).checks,
    takenIds: listTakenIds(file.text),
    ...(knownChecks === undefined ? {} : { knownChecks }),
  });
  if (parsed.ok) return parsed.value;
  throw new AuditError({
    code: 'scope-invalid',
    message: `incident: the file ${file.path} does not hold\n${parsed.problems.map(formatYamlProblem).join('\n')}`,
    hint: 'Change the lines that are named; docs/incident-template.yml shows the form.',
  });
}

/**
 * Parses files of the catalogue.
 * @throws AuditError `bug` with every problem and its line: only whoever edits the catalogue can meet it.
 */
export function parseBuiltinScopes(files: readonly BuiltinScopeFile[]): DescribedScope[] {
  const groups = readCheckGroups();
  return files.map((file) =>
    holdBuiltin(file.path, parseScope({ ...file, groups, defaultChecks: [] })),
  );
}

/** The ids of all questions that come with the audit; a file that repeats one of them word for word is that question. */
function listTakenIds(text: string): ReadonlySet<string> {
  const questions = [...readFilesAt(STANDING_PATH), ...readIncidentFiles()];
  const others = parseBuiltinScopes(questions.filter((file) => file.text !== text));
  return new Set(others.map(({ id }) => id));
}

function readIncidentFiles(): BuiltinScopeFile[] {
  return readBuiltinScopes().filter((file) => file.path.startsWith(INCIDENT_FOLDER));
}

function readScopeAt(path: string): DescribedScope {
  return parseBuiltinScopes(readFilesAt(path))[0] ?? failOnBuiltin(path, []);
}

function readFilesAt(path: string): BuiltinScopeFile[] {
  return readBuiltinScopes().filter((file) => file.path === path);
}

function holdBuiltin<Value>(path: string, parsed: YamlResult<Value>): Value {
  return parsed.ok ? parsed.value : failOnBuiltin(path, parsed.problems);
}

function failOnBuiltin(path: string, problems: readonly YamlProblem[]): never {
  throw new AuditError({
    code: 'bug',
    message: [`The built-in file ${path} does not hold`, ...problems.map(formatYamlProblem)].join(
      '\n',
    ),
    hint: 'Please report this with the version.',
  });
}
