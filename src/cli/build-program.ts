import { Command } from 'commander';
import { readVersion } from '../catalogue/read-catalogue.ts';
import { addInputFlags } from './read-flags.ts';

/** The commands of the terminal program. What a command needs is loaded when it runs. */
export function buildProgram(process: NodeJS.Process): Command {
  const program = new Command('okta-tenant-audit')
    .description('Was our Okta tenant touched, and how do we know?')
    .version(readVersion())
    .showHelpAfterError();
  addInputFlags(program.command('audit').description('Audit the live log, archives, or both'))
    .option('--strict', 'Parse every record of an archive, also those that cannot matter')
    .option(
      '--save-archive <directory>',
      'Write what is pulled from Okta into an archive for later audits; with --pull full it answers them all',
    )
    .action(async (options: Record<string, unknown>) => {
      const { auditOnTerminal } = await import('./audit-on-terminal.ts');
      await auditOnTerminal({ options, process });
    });
  addIncidents(program, process);
  addRules(program, process);
  return program;
}

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
  const load = () => import('./rule-commands.ts');
  rules
    .command('list')
    .description('List the built-in rules')
    .action(async () => (await load()).listRules(process.stdout));
  rules
    .command('check <paths...>')
    .description('Validate Sigma rules and run the cases beside them')
    .action(async (paths: string[]) => (await load()).checkRules(paths, process));
}
