import { runActivity } from '../activity.ts';
import { type InputProblem, parseInputs } from '../config/parse-inputs.ts';
import { planAudit, toInputError } from '../config/plan-audit.ts';
import { openSources } from '../connect/open-sources.ts';
import { refuseExposedLog } from '../connect/refuse-exposed-log.ts';
import type { Activity } from '../model/activity.ts';
import { formatCount } from '../model/format-count.ts';
import { renderActivityCsv } from '../report/activity/activity-csv.ts';
import { renderActivityJson } from '../report/activity/activity-json.ts';
import { renderActivityTerminal } from '../report/activity/activity-terminal.ts';
import { listSubjects } from '../report/activity/list-subjects.ts';
import { terminal } from '../report/escape/terminal.ts';
import { describeHole } from '../report/words/describe-hole.ts';
import { describeKeptRows } from '../report/words/describe-kept-rows.ts';
import { nameVariables, readFlags } from './read-flags.ts';
import { readSurroundingWorkflow } from './read-surrounding-workflow.ts';
import { showProgress } from './show-progress.ts';

/** Told where everything was looked at, but a part of what was asked about could not be read. */
const NOT_EVERYTHING_READ = 2;

/** Looks up what somebody asked about: the answer to stdout, what happens meanwhile to stderr. */
export async function showActivity({
  options,
  process,
}: {
  options: Readonly<Record<string, unknown>>;
  process: NodeJS.Process;
}): Promise<void> {
  const nowMs = Date.now();
  const workingDirectory = process.cwd();
  const inputs = { ...readFlags(options, process.env), focus: listFocus(options) };
  const parsed = parseInputs(inputs, { nowMs, needsIssue: false });
  if (!parsed.ok) throw toInputError(nameVariables(parsed.problems).map(nameFlag));
  const tell = (line: string): void => {
    process.stderr.write(`${terminal(line)}\n`);
  };
  const { values, notices } = parsed.inputs;
  for (const notice of notices) tell(notice);
  await refuseExposedLog({
    surroundings: {
      githubApiUrl: process.env['GITHUB_API_URL'] ?? 'https://api.github.com',
      workflowRepository: readSurroundingWorkflow(process.env),
    },
    token: values['github-token'],
    allowPublicRepository: values['allow-public-repository'],
    tell: { info: tell, warn: tell },
  });
  const plan = planAudit({ nowMs, inputs: parsed.inputs, configFile: null, workingDirectory });
  const { sources } = openSources({
    plan,
    surroundings: { workingDirectory, programFile: process.argv[1] },
    env: process.env,
    progress: showProgress(process.stderr),
    tell: { info: tell, warn: tell },
  });
  const activity = await runActivity(plan, sources);
  process.stdout.write(render(activity, { format: options['format'], stream: process.stdout }));
  const { state, holes } = activity.coverage;
  if (options['format'] === 'csv') {
    for (const sentence of listCaveats(activity)) tell(sentence);
  }
  if (state === 'complete') return;
  const what = state === 'none' ? 'Nothing' : 'Not everything';
  tell(`${what} of what was asked about was read: ${formatCount(holes.length, 'hole')}.`);
  process.exitCode = NOT_EVERYTHING_READ;
}

function render(
  activity: Activity,
  { format, stream }: { format: unknown; stream: NodeJS.WriteStream },
): string {
  if (format === 'json') return renderActivityJson(activity);
  if (format === 'csv') return renderActivityCsv(activity);
  return renderActivityTerminal({ activity, width: stream.columns });
}

/** What no line of a CSV can tell. */
function listCaveats(activity: Activity): string[] {
  return [
    ...activity.coverage.holes.map((hole) => describeHole(hole)),
    ...listSubjects(activity).flatMap(({ found }) => {
      const kept = describeKeptRows(found);
      return kept === null ? [] : `${found.subject}: ${kept}`;
    }),
  ];
}

/** What is `focus` elsewhere is given by flags of its own here. */
function nameFlag({ input, message, focus }: InputProblem): { input: string; message: string } {
  return { input: focus ?? input, message };
}

const SUBJECTS = ['user', 'session', 'ip'] as const;

/** The subjects in the form of the input `focus`, a line each. */
function listFocus(options: Readonly<Record<string, unknown>>): string {
  return SUBJECTS.flatMap((kind) => {
    const given = options[kind];
    return typeof given === 'string' ? given.split('\n').map((value) => `${kind}:${value}`) : [];
  }).join('\n');
}
