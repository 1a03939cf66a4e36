import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { parseIncidentFile, readIncidents } from '../../src/catalogue/read-scopes.ts';
import { composeBriefing } from '../../src/cli/compose-briefing.ts';
import { checkIncidents, listIncidents, showIncident } from '../../src/cli/incident-commands.ts';
import { renderBriefing } from '../../src/cli/render-briefing.ts';

const ROOT = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'incidents-'));
const exitCode = process.exitCode;

afterAll(() => rmSync(folder, { recursive: true, force: true }));
afterEach(() => {
  vi.restoreAllMocks();
  process.exitCode = exitCode;
});

/** Runs a command with what it writes caught, from the root of the project. */
async function run(command: () => void | Promise<void>): Promise<string> {
  let text = '';
  const catchText = (chunk: unknown): boolean => {
    text += String(chunk);
    return true;
  };
  vi.spyOn(process.stdout, 'write').mockImplementation(catchText);
  vi.spyOn(process.stderr, 'write').mockImplementation(catchText);
  vi.spyOn(process, 'cwd').mockReturnValue(ROOT);
  await command();
  return text;
}

function show(incident: string): Promise<string> {
  return run(() => showIncident(incident, process));
}

async function check(text: string, rules: readonly string[] = []) {
  const path = join(folder, 'incident.yml');
  writeFileSync(path, text);
  process.exitCode = 0;
  const told = await run(() => checkIncidents([path], { rules, process }));
  const failed = process.exitCode !== 0;
  rmSync(path);
  return { told: told.replaceAll(path, 'incident.yml'), failed };
}

const DAY_ZERO = `id: acme-2026-11
title: Something happened
window:
  core: { since: 2026-11-16, until: 2026-11-21 }
`;

describe('incidents list', () => {
  it('names every incident, the latest first, and says which no log can show', async () => {
    const lines = (await run(() => listIncidents(process.stdout))).trimEnd().split('\n').slice(1);
    expect(lines.map((line) => line.split(' ')[0])).toEqual(
      readIncidents()
        .map(({ id }) => id)
        .reverse(),
    );
    expect(lines.filter((line) => line.includes('in no Okta log'))).toHaveLength(3);
  });
});

describe('incidents show', () => {
  it('says first how to ask, whom it concerns, when it was and what the log can answer', async () => {
    const text = await show('okta-2022-01-lapsus');
    const headings = [...text.matchAll(/^[A-Z][A-Z ]+$/gm)].map(([heading]) => heading);
    expect(headings).toEqual([
      'ASK YOUR LOG',
      'WHOM IT CONCERNS',
      'WHEN',
      'WHAT YOUR LOG CAN ANSWER',
      'WHAT NO LOG CAN TELL',
      'WHAT IS KNOWN',
      'WHAT WE CONCLUDE',
      'WHAT IS LOOKED FOR',
      'PAGES',
    ]);
    expect(text).toContain('  okta-tenant-audit audit --incident okta-2022-01-lapsus --archive');
    expect(text).toContain('A verdict takes the log of 2022-01-02 through 2022-01-22');
  });

  it('tells what a page says from what is our inference', async () => {
    const text = await show('okta-2026-01-vishing');
    expect(text).toMatch(
      /Core window, which decides: 2026-01-01 through 2026-02-28\.[^[]*\(our inference\)/,
    );
    expect(text).toMatch(/enrolled devices of their own into the victims' MFA\. \[1\]/);
    expect(text).toContain('[1] Proactive defense against ShinyHunters-branded data theft');
  });

  it('gives no command where no log can answer', async () => {
    const text = await show('okta-2022-12-github');
    expect(text).not.toContain('ASK YOUR LOG');
    expect(text).toContain('Nothing: no Okta log can answer this question.');
  });

  it('shows a file of a team, and how to ask with it', async () => {
    const text = await show('docs/incident-template.yml');
    expect(text).toContain('--incident docs/incident-template.yml');
    expect(text).toContain('WHAT IS LOOKED FOR');
  });

  it.each([
    ['incidents/day-zero.yml', 'incidents/day-zero.yml'],
    ['our incidents/day zero.yml', "'our incidents/day zero.yml'"],
    ["it's $HOME.yml", "'it'\\''s $HOME.yml'"],
  ])('gives a command to paste for %s', (askedAs, word) => {
    const [incident] = readIncidents();
    if (incident === undefined) throw new Error('there are no incidents');
    const text = renderBriefing({ briefing: composeBriefing(incident), askedAs });
    expect(text).toContain(` --incident ${word} --archive `);
  });

  it('keeps to the width of the terminal where words allow it', () => {
    for (const incident of readIncidents()) {
      const briefing = composeBriefing(incident);
      const text = renderBriefing({ briefing, askedAs: incident.id, width: 80 });
      const tooLong = text
        .split('\n')
        .filter((line) => line.length > 80 && !/https:|--archive/.test(line));
      expect(tooLong).toEqual([]);
    }
  });

  it('lets no escape sequence of a file reach the terminal', () => {
    const incident = parseIncidentFile({
      path: 'incident.yml',
      text: DAY_ZERO.replace('title: Something happened', 'title: "red \\e[31m alert"'),
    });
    const briefing = composeBriefing(incident);
    const text = renderBriefing({ briefing, askedAs: 'x\u001b[2J.yml' });
    expect(text).not.toContain('\u001b');
  });
});

describe('incidents check', () => {
  it('says what a file that holds asks for', async () => {
    const { told, failed } = await check(DAY_ZERO);
    expect(failed).toBe(false);
    expect(told).toMatch(
      /^incident\.yml: acme-2026-11 holds: 2026-11-16 through 2026-11-21, \d+ checks, no indicators\n$/,
    );
  });

  it('names the line of a check that nobody knows', async () => {
    const { told, failed } = await check(`${DAY_ZERO}checks:\n  pasword-reset: review\n`);
    expect(failed).toBe(true);
    expect(told).toContain(
      'incident.yml:6: checks.pasword-reset: there is no check or group of this name',
    );
  });

  it('knows built-in checks, groups, indicators and the rules that it is given', async () => {
    const text = `${DAY_ZERO}checks:
  password-reset: review
  takeover-chain: review
  indicator-address: review
  credentials-changed: context
`;
    expect((await check(text)).failed).toBe(false);
    const rules = ['test/cli/own-rule.yml'];
    expect((await check(`${text}  acme-night-shift: review\n`)).failed).toBe(true);
    expect((await check(`${text}  acme-night-shift: review\n`, rules)).failed).toBe(false);
  });

  it.each(['standing', 'okta-2022-01-lapsus'])(
    'refuses the id %s, whose issue is about another question',
    async (id) => {
      const { told, failed } = await check(DAY_ZERO.replace('acme-2026-11', id));
      expect(failed).toBe(true);
      expect(told).toContain('incident.yml:1: id: is the id of another question of this audit');
    },
  );

  it('takes a file of the catalogue for the incident that it is', async () => {
    const path = join(ROOT, 'scopes/incidents/okta-2022-01-lapsus/incident.yml');
    expect(await check(readFileSync(path, 'utf8'))).toMatchObject({ failed: false });
  });

  it('says every problem of a file at once', async () => {
    const { told } = await check(
      'id: Acme\nwindow:\n  core: { since: 2026-11-21, until: 2026-11-16 }\n',
    );
    expect(told).toContain('incident.yml:1: id: write lower-case words');
    expect(told).toContain('incident.yml:1: title:');
    expect(told).toContain('incident.yml:3: window.core: since must be before until');
  });

  it('says which file cannot be read', async () => {
    process.exitCode = 0;
    const told = await run(() => checkIncidents(['nowhere.yml'], { rules: [], process }));
    expect(told).toContain('incident: the file nowhere.yml cannot be read: there is no such file');
    expect(process.exitCode).toBe(1);
  });
});
