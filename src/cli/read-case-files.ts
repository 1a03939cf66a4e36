import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { isRecord } from '../model/log-event.ts';
import { parseCases, type RuleCase } from '../sigma/index.ts';
import { parseStrictYaml } from '../yaml/parse-strict-yaml.ts';

interface CaseProblem {
  readonly line: number;
  readonly message: string;
}

/** The cases beside a rule file, or what is wrong with them. */
export type CaseFile =
  | {
      readonly ok: true;
      readonly path: string;
      readonly rulePath: string;
      readonly cases: readonly RuleCase[];
      /** Where each case begins. */
      readonly lines: readonly number[];
    }
  | { readonly ok: false; readonly path: string; readonly problems: readonly CaseProblem[] };

/**
 * Reads the cases of rule files: `x.cases.yml` beside `x.yml`, else `cases.yml` where the rule is the only one of its
 * folder; each may end in `.yaml`. Paths are relative to the working directory.
 */
export async function readCaseFiles(
  ruleFiles: readonly { readonly path: string }[],
  workingDirectory: string,
): Promise<CaseFile[]> {
  const found: CaseFile[] = [];
  const shared = new Set<string>();
  for (const { path: rulePath } of ruleFiles) {
    const own = await readText(workingDirectory, rulePath.replace(/(\.ya?ml)?$/, '.cases'));
    if (own !== null) found.push(parseCaseFile(own, rulePath));
    const folder = dirname(rulePath);
    const siblings = ruleFiles.filter(({ path }) => dirname(path) === folder);
    const file = await readText(workingDirectory, join(folder, 'cases'));
    if (own !== null || file === null || shared.has(file.path)) continue;
    shared.add(file.path);
    found.push(siblings.length === 1 ? parseCaseFile(file, rulePath) : refuseShared(file.path));
  }
  return found;
}

function refuseShared(path: string): CaseFile {
  const message =
    'The folder holds several rules, so that nobody knows whose cases these are. Name them after their rule, as my-rule.cases.yml beside my-rule.yml.';
  return { ok: false, path, problems: [{ line: 1, message }] };
}

interface TextFile {
  readonly path: string;
  readonly text: string;
}

/** A YAML file by its path without the ending, of which there are two. */
async function readText(workingDirectory: string, stem: string): Promise<TextFile | null> {
  for (const path of [`${stem}.yml`, `${stem}.yaml`]) {
    try {
      return { path, text: await readFile(resolve(workingDirectory, path), 'utf8') };
    } catch (thrown) {
      if (!isRecord(thrown) || thrown['code'] !== 'ENOENT') throw thrown;
    }
  }
  return null;
}

function parseCaseFile({ path, text }: TextFile, rulePath: string): CaseFile {
  const yaml = parseStrictYaml({ path, text, schema: z.unknown() });
  if (!yaml.ok) return { ok: false, path, problems: yaml.problems };
  const parsed = parseCases(yaml.value);
  if (!parsed.ok) {
    const problems = parsed.problems.map(({ at, message }) => ({ message, line: yaml.lineOf(at) }));
    return { ok: false, path, problems };
  }
  const { cases } = parsed;
  return { ok: true, path, rulePath, cases, lines: cases.map(({ at }) => yaml.lineOf(at)) };
}
