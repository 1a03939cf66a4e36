import { type Command, InvalidArgumentError, Option } from 'commander';
import {
  INPUT_TABLE,
  type InputName,
  type InputRow,
  type RawInputs,
} from '../config/input-table.ts';
import type { InputProblem } from '../config/parse-inputs.ts';
import { AuditError } from '../errors.ts';

/** On a terminal nothing is published unless somebody asks for it. */
const TERMINAL_DEFAULTS: Partial<Record<InputName, string>> = {
  publish: 'none',
  'github-token': '',
  'issue-repository': '',
};

/**
 * Adds one flag for each input that is no secret, or for those that are named. Lists take several values, as a shell makes them
 * of a glob, and may be given several times.
 */
export function addInputFlags(command: Command, names?: readonly InputName[]): Command {
  const rows = INPUT_TABLE.filter(({ name }) => names?.includes(name) ?? true);
  for (const row of rows) {
    if (row.secretVariable !== undefined) {
      const option = new Option(`--${row.name} <value>`).hideHelp();
      command.addOption(option.argParser(() => refuseSecret(row)));
    } else if (row.isList === true) {
      command.option(`--${row.name} <values...>`, describeFlag(row), appendLine);
    } else {
      command.option(`--${row.name} <value>`, describeFlag(row), takeOnce);
    }
  }
  const secrets = rows.flatMap(({ name, secretVariable }) =>
    secretVariable === undefined ? [] : [`  ${secretVariable}  ${name}`],
  );
  return command.addHelpText(
    'after',
    `\nSecrets come from the environment, because others can read a command line:\n${secrets.join('\n')}`,
  );
}

/** The inputs as the flags and the environment give them, in the form that both faces share. */
export function readFlags(
  options: Readonly<Record<string, unknown>>,
  env: Readonly<Record<string, string | undefined>>,
): RawInputs {
  const entries = INPUT_TABLE.map((row): [InputName, string] => {
    const given =
      row.secretVariable === undefined ? options[toCamelCase(row.name)] : env[row.secretVariable];
    return [row.name, (typeof given === 'string' && given.trim()) || readDefault(row)];
  });
  return Object.fromEntries(entries) as RawInputs;
}

function describeFlag(row: InputRow): string {
  const fallback = row.otherwise ?? readDefault(row);
  const ending = fallback === '' ? '' : ` Default: ${fallback}.`;
  return `${row.description}${ending}`.replaceAll('`', '');
}

function readDefault({ name, default: fallback }: InputRow): string {
  return TERMINAL_DEFAULTS[name] ?? fallback ?? '';
}

/** Collects what is given several times, a line each. */
export function appendLine(value: string, previous: string | undefined): string {
  return previous === undefined ? value : `${previous}\n${value}`;
}

/** Of two values somebody means one, and nobody knows which. */
function takeOnce(value: string, previous: string | undefined): string {
  if (previous === undefined) return value;
  throw new InvalidArgumentError(`"${previous}" is given before; give one of them.`);
}

/** Whoever tries it as a flag reads what there is instead, and nothing of the secret. */
function refuseSecret({ name, secretVariable }: InputRow): never {
  throw new AuditError({
    code: 'input-invalid',
    message: `${name}: is no flag, because others can read a command line`,
    hint: `Give it in the environment, as ${secretVariable}; nothing was read.`,
  });
}

/** The name under which commander keeps a flag. */
function toCamelCase(name: string): string {
  return name.replace(/-([a-z])/g, (_dash, letter: string) => letter.toUpperCase());
}

/** Names beside each secret input the variable that it comes from here, as there is no flag for it. */
export function nameVariables(problems: readonly InputProblem[]): InputProblem[] {
  return problems.map((problem) => {
    const row = INPUT_TABLE.find(({ name }) => name === problem.input);
    const from = row?.secretVariable === undefined ? '' : `(${row.secretVariable}) `;
    return { ...problem, message: from + INPUT_TABLE.reduce(addVariable, problem.message) };
  });
}

function addVariable(text: string, { name, secretVariable }: InputRow): string {
  if (secretVariable === undefined) return text;
  return text.replaceAll(name, `${name} (${secretVariable})`);
}
