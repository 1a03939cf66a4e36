import { resolve } from 'node:path';
import { AuditError } from '../errors.ts';
import type { AuditPlan, IssuePlan } from '../model/audit-plan.ts';
import { NO_TUNING, type Tuning } from '../model/tuning.ts';
import { formatYamlProblem } from '../yaml/parse-strict-yaml.ts';
import type { ParsedInputs } from './input-schema.ts';
import type { CheckedInputs } from './parse-inputs.ts';
import { parseTuning } from './parse-tuning.ts';

/** Where a tuning file is looked for when nobody names one. */
export const DEFAULT_CONFIG_PATH = '.github/okta-audit.yml';

/** The tuning file as it was found. */
export interface ConfigFile {
  readonly path: string;
  readonly text: string;
  readonly sha256: string;
}

export interface PlanRequest {
  readonly nowMs: number;
  readonly inputs: CheckedInputs;
  readonly configFile: ConfigFile | null;
  /** What relative paths are relative to. */
  readonly workingDirectory: string;
}

/**
 * Makes the plan of one audit from validated inputs and the tuning file.
 * @throws AuditError `config-invalid` with every problem and its line.
 */
export function planAudit({ nowMs, inputs, configFile, workingDirectory }: PlanRequest): AuditPlan {
  const resolvePath = (path: string): string => resolve(workingDirectory, path);
  const { values, okta } = inputs;
  return {
    nowMs,
    okta,
    times: {
      lookbackDays: values['lookback-days'],
      sinceMs: values.since,
      untilMs: values.until,
    },
    incident: values.incident,
    archives: values.archive,
    pull: values.pull,
    focus: values.focus,
    rules: values.rules,
    tuning: configFile === null ? NO_TUNING : readTuning(configFile),
    config: configFile === null ? null : { path: configFile.path, sha256: configFile.sha256 },
    minimumSeverity: values['minimum-severity'],
    publish: values.publish,
    issue: toIssuePlan(values),
    allowPublicRepository: values['allow-public-repository'],
    reportDirectory: resolvePath(values['report-directory']),
    failOn: values['fail-on'],
    failOnIncomplete: values['fail-on-incomplete'],
  };
}

/** All invalid inputs as one error, each under its own name. */
export function toInputError(
  problems: readonly { readonly input: string; readonly message: string }[],
): AuditError {
  const lines = problems.map(({ input, message }) => `${input}: ${message}`);
  return new AuditError({
    code: 'input-invalid',
    message:
      lines.length === 1
        ? lines.join('')
        : `${lines.length} inputs do not hold\n${lines.join('\n')}`,
    hint: 'Change the inputs that are named; nothing was read.',
  });
}

/**
 * Reads the tuning file.
 * @throws AuditError `config-invalid` with every problem and its line.
 */
export function readTuning({ path, text }: Pick<ConfigFile, 'path' | 'text'>): Tuning {
  const parsed = parseTuning(path, text);
  if (parsed.ok) return parsed.value;
  throw new AuditError({
    code: 'config-invalid',
    message: `config: the file ${path} does not hold\n${parsed.problems.map(formatYamlProblem).join('\n')}`,
    hint: 'Change the lines that are named; nothing was read.',
  });
}

function toIssuePlan(values: ParsedInputs): IssuePlan | null {
  const token = values['github-token'];
  const repository = values['issue-repository'];
  if (token === null || repository === null) return null;
  return {
    token,
    repository,
    labels: values['issue-labels'],
    assignees: values['issue-assignees'],
    mentions: values['issue-mentions'],
  };
}
