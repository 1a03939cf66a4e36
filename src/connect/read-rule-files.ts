import { basename, relative } from 'node:path';
import { glob } from 'tinyglobby';
import type { RuleFile } from '../audit/compile-rule-files.ts';
import { AuditError } from '../errors.ts';
import { readText } from './read-text.ts';

/**
 * Reads the Sigma files that paths, folders and globs name, in the order of their paths.
 * @throws AuditError `rules-invalid` where a pattern names nothing, or all of them together no rule.
 */
export async function readRuleFiles(
  patterns: readonly string[],
  workingDirectory: string,
): Promise<RuleFile[]> {
  const paths = new Set<string>();
  for (const pattern of patterns) {
    // As a folder it would be the root of the file system, with all that is below it.
    if (pattern.trim() === '') throw noRules('one of the paths is empty');
    const found = await findFiles(pattern, workingDirectory);
    if (found.length === 0) throw noRules(`no file matches ${pattern}`);
    for (const path of found) if (!isCaseFile(basename(path))) paths.add(path);
  }
  if (patterns.length > 0 && paths.size === 0) {
    throw noRules(`there are only cases and no rule in ${patterns.join(', ')}`);
  }
  return Promise.all(
    [...paths].sort().map((path) => readRuleFile(path, relative(workingDirectory, path))),
  );
}

async function readRuleFile(file: string, path: string): Promise<RuleFile> {
  try {
    return { path, text: await readText(file) };
  } catch (thrown) {
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    return { path, unreadable: `The file cannot be read: ${reason}` };
  }
}

/** A folder stands for every rule file below it. */
async function findFiles(pattern: string, workingDirectory: string): Promise<string[]> {
  const options = { cwd: workingDirectory, absolute: true };
  const files = await glob(pattern, { ...options, expandDirectories: false });
  if (files.length > 0) return files;
  return glob([`${pattern}/**/*.yml`, `${pattern}/**/*.yaml`], options);
}

/** The cases beside rules are no rules, also where a shell lists every file of a folder. */
function isCaseFile(name: string): boolean {
  return /(?:^|\.)cases\.ya?ml$/.test(name);
}

function noRules(reason: string): AuditError {
  return new AuditError({
    code: 'rules-invalid',
    message: `rules: ${reason}`,
    hint: 'Check the path; it is relative to the workspace. In a workflow, check the repository out first.',
  });
}
