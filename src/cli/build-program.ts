import { Command, Option } from 'commander';
import { readVersion } from '../catalogue/read-catalogue.ts';
import type { InputName } from '../config/input-table.ts';
import { addInputFlags, appendLine } from './read-flags.ts';

/** The commands of the terminal program. What a command needs is loaded when it runs. */
export function buildProgram(process: NodeJS.Process): Command {
  const program = new Command('okta-tenant-audit')
    .description('Was our Okta tenant touched, and how do we know?')
    .version(readVersion())
    .showHelpAfterError('(add --help to see what there is)');
  addInputFlags(program.command('audit').description('Audit the live log, archives, or both'))
    .option('--strict', 'Parse every record of an archive, also those that cannot matter')
    .option(
      '--save-archive <directory>',
      'Write what is pulled from Okta into an archive for later audits; with --pull full it answers them all',
    )
    .addHelpText(
      'after',
      `
Exit codes: 0 it looked, whatever it found (the verdict says so), 1 it could not look, or could not write what it found, or
--fail-on or --fail-on-incomplete asks for it.`,
    )
    .action(async (options: Record<string, unknown>) => {
      const { auditOnTerminal } = await import('./audit-on-terminal.ts');
      await auditOnTerminal({ options, process });
    });
  addActivity(program, process);
  addIncidents(program, process);
  addRules(program, process);
  addDemo(program, process);
  return program;
}

function addActivity(program: Command, process: NodeJS.Process): void {
  const command = program
    .command('activity')
    .description(
      'Look up credential changes, and what a user, a session or an address did, without judging it',
    )
    .option('--user <login or id>', 'What this user did and had done to them', appendLine)
    .option('--session <id>', 'What happened in this session, in order', appendLine)
    .option('--ip <address or CIDR>', 'Who came from this address or range', appendLine)
    .addOption(
      new Option('--format <format>', 'How to write the answer')
        .choices(['table', 'json', 'csv'])
        .default('table'),
    );
  addInputFlags(command, ACTIVITY_INPUTS)
    .addHelpText(
      'after',
      `
--user, --session and --ip may be given several times; without any, the credential changes of everybody are listed.
Write a login as Okta does: its log may tell upper from lower case.

Exit codes: 0 everything that was asked about was read, 1 it could not look at all, 2 it looked, but a part was not read.`,
    )
    .action(async (options: Record<string, unknown>) => {
      const { showActivity } = await import('./show-activity.ts');
      await showActivity({ options, process });
    });
}

/** What an audit and a look-up have in common: where to read, from when to when, and who else reads what is printed. */
const ACTIVITY_INPUTS = [
  'okta-org-url',
  'okta-client-id',
  'okta-private-key',
  'okta-key-id',
  'okta-api-token',
  'lookback-days',
  'since',
  'until',
  'archive',
  'pull',
  'github-token',
  'allow-public-repository',
] as const satisfies readonly InputName[];

function addIncidents(program: Command, process: NodeJS.Process): void {
  const incidents = program
    .command('incidents')
    .description('Known incidents and files of your own');
  const load = () => import('./incident-commands.ts');
  incidents
    .command('list')
    .description('List the catalogue')
    .action(async () => (await load()).listIncidents(process.stdout));
  incidents
    .command('show <incident>')
    .description('Show one incident, or a file of your own, as a briefing')
    .action(async (incident: string) => (await load()).showIncident(incident, process));
  incidents
    .command('check <files...>')
    .description('Validate incident files')
    .option('--rules <patterns...>', 'Sigma rules of your own that the files may name', [])
    .action(async (files: string[], { rules }: { rules: string[] }) =>
      (await load()).checkIncidents(files, { rules, process }),
    );
}

function addRules(program: Command, process: NodeJS.Process): void {
  const rules = program.command('rules').description('Built-in rules and rules of your own');
  rules
    .command('list')
    .description('List the built-in rules')
    .action(async () => {
      const { listRules } = await import('./list-rules.ts');
      listRules(process.stdout);
    });
  rules
    .command('check <paths...>')
    .description('Validate Sigma rules, together, and run the cases beside them')
    .option(
      '--config <path>',
      'The tuning file, for placeholders and filters (default: .github/okta-audit.yml where it exists)',
    )
    .action(async (paths: string[], { config }: { config?: string }) => {
      const { checkRules } = await import('./check-rules.ts');
      await checkRules(paths, { config: config ?? null, process });
    });
}

function addDemo(program: Command, process: NodeJS.Process): void {
  const command = program
    .command('demo')
    .description('Show two nights and one incident of a simulated tenant; needs no account');
  command.action(async () => {
    const { runDemo } = await import('./run-demo.ts');
    const exitCode = await runDemo(process);
    if (exitCode === null) {
      command.error(
        'The demonstration needs a checkout: clone the repository, then npm ci && npm run demo.',
      );
    }
    process.exitCode = exitCode;
  });
}
