import { readBuiltinRules, readEventTypes } from '../catalogue/read-catalogue.ts';
import { createAnalyses } from '../checks/analyses.ts';
import { INDICATOR_CHECK_IDS } from '../checks/indicators/indicator-check.ts';
import { NO_TUNING, type Tuning } from '../model/tuning.ts';
import {
  type CompiledRules,
  compileRules,
  documentsFromObjects,
  type ParsedSigmaFile,
  parseSigmaDocuments,
} from '../sigma/index.ts';
import { findUnlistedTypes } from './find-unlisted-types.ts';

/** A rule file of the user, read, or why it could not be. */
export type RuleFile =
  | { readonly path: string; readonly text: string }
  | { readonly path: string; readonly unreadable: string };

export interface RuleFilesToCompile {
  readonly ruleFiles: readonly RuleFile[];
  readonly tuning: Pick<Tuning, 'rules' | 'placeholders' | 'place'>;
}

/** Compiles the built-in rules and the user's files together, so that each may refer to any other. */
export function compileRuleFiles({ ruleFiles, tuning }: RuleFilesToCompile): CompiledRules {
  const eventTypes = readEventTypes();
  const read = ruleFiles.map(readFile);
  const compiled = compileRules({
    eventTypes,
    tuning,
    documents: [
      ...readBuiltinRules().flatMap(({ path, documents: objects }) =>
        documentsFromObjects({ path, origin: 'built-in', objects }),
      ),
      ...read.flatMap(({ documents }) => documents),
    ],
    takenNames: [
      ...createAnalyses({ tuning: NO_TUNING, nowMs: 0 }).map(({ id }) => id),
      ...INDICATOR_CHECK_IDS,
    ],
    fileProblems: read.flatMap(({ problems }) => problems),
  });
  const unlisted = findUnlistedTypes(compiled, eventTypes);
  return { ...compiled, problems: [...compiled.problems, ...unlisted] };
}

function readFile(file: RuleFile): ParsedSigmaFile {
  if ('text' in file) return parseSigmaDocuments({ ...file, origin: 'user' });
  const { path, unreadable: message } = file;
  return { documents: [], problems: [{ path, line: 1, rule: null, message, severity: 'error' }] };
}
