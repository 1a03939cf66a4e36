import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { readBuiltinRules, readEventTypes } from '../catalogue/read-catalogue.ts';
import { readRuleFiles } from '../connect/read-rule-files.ts';
import type { Check } from '../model/check.ts';
import { isRecord } from '../model/log-event.ts';
import { NO_TUNING } from '../model/tuning.ts';
import { drawTable } from '../report/draw-table.ts';
import { terminal } from '../report/escape/terminal.ts';
import { type CompiledRules, compileRules } from '../sigma/compile-rules.ts';
import { parseSigmaDocuments } from '../sigma/parse/parse-sigma-documents.ts';
import { parseCases, runCases } from '../sigma/run-cases.ts';
import { documentsFromObjects } from '../sigma/sigma-document.ts';

/** Lists the built-in rules, by name. */
export function listRules(stream: NodeJS.WritableStream): void {
  const documents = readBuiltinRules().flatMap(({ path, documents: objects }) =>
    documentsFromObjects({ path, origin: 'built-in', objects }),
  );
  const { checks } = compileRules({ documents, eventTypes: readEventTypes(), tuning: NO_TUNING });
  stream.write(
    drawTable({
      head: ['rule', 'severity', 'title'],
      rows: checks.map((check) => [check.id, check.severity, check.title]),
    }),
  );
}

/** Validates Sigma rules and runs the `cases.yml` beside each; the process fails where something does not hold. */
export async function checkRules(paths: readonly string[], process: NodeJS.Process): Promise<void> {
  const files = await readRuleFiles(paths, process.cwd());
  let errors = 0;
  const tell = (line: string): void => {
    process.stdout.write(`${terminal(line)}\n`);
  };
  for (const file of files) {
    const parsed = parseSigmaDocuments({ ...file, origin: 'user' });
    const compiled = compileRules({
      documents: parsed.documents,
      eventTypes: readEventTypes(),
      tuning: NO_TUNING,
    });
    const problems = [...parsed.problems, ...compiled.problems];
    for (const { path, line, severity, message } of problems) {
      tell(`${path}:${line}: ${severity}: ${message}`);
    }
    const failed = await runCasesBeside(file.path, compiled);
    for (const line of failed) tell(line);
    errors += problems.filter((problem) => problem.severity === 'error').length + failed.length;
  }
  tell(`${files.length} files, ${errors} errors`);
  if (errors > 0) process.exitCode = 1;
}

/** The cases belong to the last check of the file: what stands before it are the parts of a correlation. */
async function runCasesBeside(path: string, { checks }: CompiledRules): Promise<string[]> {
  const casesPath = join(dirname(path), 'cases.yml');
  const content = await readYaml(casesPath);
  const check: Check | undefined = checks.at(-1);
  if (content === null || check === undefined) return [];
  const parsed = parseCases(content);
  if (!parsed.ok) return parsed.problems.map((problem) => `${casesPath}: ${problem}`);
  return runCases(check, parsed.cases).flatMap((result) =>
    result.problems.map((problem) => `${casesPath}: ${result.name}: ${problem}`),
  );
}

async function readYaml(path: string): Promise<unknown> {
  try {
    return parse(await readFile(path, 'utf8'));
  } catch (thrown) {
    if (isRecord(thrown) && thrown['code'] === 'ENOENT') return null;
    throw thrown;
  }
}
