import { compileRuleFiles, type RuleFile } from '../audit/compile-rule-files.ts';
import { findStrayTuning } from '../audit/find-stray-tuning.ts';
import { listCheckIds } from '../audit/list-check-ids.ts';
import { readTuning } from '../config/plan-audit.ts';
import { readConfigFile } from '../connect/read-config-file.ts';
import { readRuleFiles } from '../connect/read-rule-files.ts';
import type { Check } from '../model/check.ts';
import { formatCount } from '../model/format-count.ts';
import { NO_TUNING } from '../model/tuning.ts';
import { terminal } from '../report/escape/terminal.ts';
import { type CompiledRules, nameRule, runCases, type SigmaProblem } from '../sigma/index.ts';
import { type CaseFile, readCaseFiles } from './read-case-files.ts';

/** One line of the answer, with the place that an editor jumps to. */
type Told = Pick<SigmaProblem, 'path' | 'line' | 'severity' | 'message' | 'rule'>;

/**
 * Validates Sigma rules, together and with the built-in ones, and runs the cases beside them.
 * The process fails where something does not hold.
 */
export async function checkRules(
  paths: readonly string[],
  { config, process }: { readonly config: string | null; readonly process: NodeJS.Process },
): Promise<void> {
  const workingDirectory = process.cwd();
  const files = await readRuleFiles(paths, workingDirectory);
  // Empty means not given, as for an audit.
  const given = config?.trim() || null;
  const configFile = await readConfigFile({ given, directory: workingDirectory });
  const tuning = configFile === null ? NO_TUNING : readTuning(configFile);
  const compiled = compileRuleFiles({ ruleFiles: files, tuning });
  const cases = await readCaseFiles(files, workingDirectory);
  const told = [
    ...compiled.problems,
    ...findStrayTuning(tuning, {
      ids: listCheckIds(compiled, { tuning, nowMs: 0 }),
      otherNames: compiled.names,
    }),
    ...listSilent(files, compiled),
    ...cases.flatMap((file) => judgeCases(file, compiled)),
  ];
  for (const one of told) {
    const text = `${one.path}:${one.line}: ${one.severity}: ${nameRule(one)}`;
    process.stdout.write(`${terminal(text)}\n`);
  }
  process.stdout.write(`${describe({ files, compiled, cases, told })}\n`);
  if (told.some(({ severity }) => severity === 'error')) process.exitCode = 1;
}

/** What compiles and would not run all the same, such as a rule whose placeholder nobody filled. */
function listSilent(
  files: readonly RuleFile[],
  { unavailable, sources, problems }: CompiledRules,
): Told[] {
  const paths = new Set(files.map(({ path }) => path));
  return unavailable.flatMap(({ id, status, reason }): Told[] => {
    const path = sources.get(id)?.path ?? id;
    const isTold = problems.some((told) => told.path === path && told.message === reason);
    if (status !== 'not-evaluated' || !paths.has(path) || isTold) return [];
    const message = `${id} does not run. ${reason}`;
    return [{ path, line: 1, rule: id, severity: 'warning', message }];
  });
}

/** The cases belong to the last check of the rule file: what stands before it are the parts of a correlation. */
function findCheck(file: CaseFile, { checks, sources }: CompiledRules): Check | null {
  if (!file.ok) return null;
  return checks.filter(({ id }) => sources.get(id)?.path === file.rulePath).at(-1) ?? null;
}

function judgeCases(file: CaseFile, compiled: CompiledRules): Told[] {
  const { path } = file;
  const fail = (message: string, line: number): Told => ({
    path,
    line,
    rule: null,
    severity: 'error',
    message,
  });
  if (!file.ok) return file.problems.map(({ message, line }) => fail(message, line));
  const check = findCheck(file, compiled);
  if (check === null) {
    return [fail(`The cases were not run: no rule of ${file.rulePath} runs.`, 1)];
  }
  return runCases(check, file.cases).flatMap(({ problems }, index) =>
    problems.map((problem) => fail(problem, file.lines[index] ?? 1)),
  );
}

function describe({
  files,
  compiled,
  cases,
  told,
}: {
  readonly files: readonly RuleFile[];
  readonly compiled: CompiledRules;
  readonly cases: readonly CaseFile[];
  readonly told: readonly Told[];
}): string {
  const paths = new Set(files.map(({ path }) => path));
  const own = compiled.checks.filter(({ id }) => paths.has(compiled.sources.get(id)?.path ?? ''));
  const count = (severity: Told['severity']): number =>
    told.filter((one) => one.severity === severity).length;
  const stories = cases.reduce(
    (sum, file) => sum + (findCheck(file, compiled) === null || !file.ok ? 0 : file.cases.length),
    0,
  );
  return [
    formatCount(files.length, 'file'),
    formatCount(own.length, 'rule that runs', 'rules that run'),
    formatCount(stories, 'case'),
    formatCount(count('error'), 'error'),
    formatCount(count('warning'), 'warning'),
  ].join(', ');
}
