import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  type PackEntry,
  parsePackEntry,
  readAttackNames,
  readEventTypes,
  readRulePack,
} from '../../scripts/read-rule-pack.ts';
import { fieldsOf, namedEventTypes } from '../../scripts/rule-event-types.ts';
import { findVerb } from '../../src/judgement/findings/event-verbs.ts';
import { isRecord } from '../../src/model/log-event.ts';
import { NO_TUNING } from '../../src/model/tuning.ts';
import { compileRules, parseCases, parseSigmaDocuments, runCases } from '../../src/sigma/index.ts';
import { findRealLookingData } from './find-real-looking-data.ts';

const root = join(import.meta.dirname, '../..');
const rulesDirectory = join(root, 'rules');
const pack = readRulePack(rulesDirectory);
const attack = readAttackNames(rulesDirectory);
const eventTypes = readEventTypes(rulesDirectory);
const knownEventTypes = new Set(eventTypes);

const parsed = pack.map(({ folder, ruleText }) =>
  parseSigmaDocuments({ path: `rules/${folder}/rule.yml`, text: ruleText, origin: 'built-in' }),
);
const compiled = compileRules({
  documents: parsed.flatMap(({ documents }) => documents),
  eventTypes,
  tuning: NO_TUNING,
});
const template = readTemplate();
const checksById = new Map(compiled.checks.map((check) => [check.id, check]));

describe('the pack', () => {
  it('holds at least 45 rules, correlations among them', () => {
    expect(pack.length).toBeGreaterThanOrEqual(45);
    expect(pack.some(({ rule }) => rule.correlation !== undefined)).toBe(true);
  });

  it('has unique ids, names and titles', () => {
    const documents = pack.flatMap(({ rule, bases }) => [rule, ...bases]);
    expect(repeated(documents.map(({ id }) => id))).toEqual([]);
    expect(repeated(documents.map(({ name }) => name))).toEqual([]);
    expect(repeated(pack.map(({ rule }) => rule.title))).toEqual([]);
  });

  it('compiles without an error and without a warning', () => {
    expect([...parsed.flatMap(({ problems }) => problems), ...compiled.problems]).toEqual([]);
    expect(compiled.unavailable).toEqual([]);
  });

  it('gives one check for each folder and none for what a correlation is made of', () => {
    expect(compiled.checks.map(({ id }) => id).sort()).toEqual(pack.map(({ folder }) => folder));
  });

  it('needs the same of an export where somebody brings a copy of it', () => {
    const copies = compileRules({
      documents: pack.flatMap(
        ({ folder, ruleText }) =>
          parseSigmaDocuments({ path: `own/${folder}.yml`, text: ruleText, origin: 'user' })
            .documents,
      ),
      eventTypes,
      tuning: NO_TUNING,
    });
    const copied = copies.checks.map(({ id, needs }) => [id, needs.fields.toSorted()]);
    const own = compiled.checks.map(({ id, needs }) => [id, needs.fields.toSorted()]);
    expect(Object.fromEntries(copied)).toEqual(Object.fromEntries(own));
  });

  it('uses every technique that attack.yml names', () => {
    const used = new Set(pack.flatMap(({ rule }) => rule.tags));
    const names = [...Object.keys(attack.techniques), ...Object.keys(attack.tactics)];
    expect(names.filter((name) => !used.has(`attack.${name}`))).toEqual([]);
  });

  it('knows event types that differ in more than case', () => {
    expect(repeated(eventTypes.map((eventType) => eventType.toLowerCase()))).toEqual([]);
  });
});

/** Event types that at least three of the eight public collections watch that were compared in November 2026. */
const WATCHED_BY_PEERS = [
  'app.generic.unauth_app_access_attempt',
  'application.lifecycle.update',
  'application.policy.sign_on.rule.delete',
  'application.policy.sign_on.update',
  'device.enrollment.create',
  'group.privilege.grant',
  'policy.evaluate_sign_on',
  'policy.lifecycle.delete',
  'policy.lifecycle.update',
  'policy.rule.delete',
  'policy.rule.update',
  'security.threat.detected',
  'system.api_token.create',
  'system.api_token.revoke',
  'system.idp.lifecycle.create',
  'system.push.send_factor_verify_push',
  'user.account.lock',
  'user.account.lock.limit',
  'user.account.privilege.grant',
  'user.account.report_suspicious_activity_by_enduser',
  'user.account.reset_password',
  'user.authentication.auth_via_mfa',
  'user.authentication.sso',
  'user.authentication.verify',
  'user.mfa.attempt_bypass',
  'user.mfa.factor.deactivate',
  'user.mfa.factor.reset_all',
  'user.mfa.factor.update',
  'user.mfa.okta_verify.deny_push',
  'user.session.impersonation.grant',
  'user.session.impersonation.initiate',
  'user.session.start',
];

it.each(WATCHED_BY_PEERS)('%s makes some rule of the pack fire', (eventType) => {
  const firing = pack.filter(({ cases }) =>
    cases.fires.some(({ events }) => events.some((event) => event.eventType === eventType)),
  );
  expect(firing.map(({ folder }) => folder)).not.toEqual([]);
});

describe.each(pack)('$folder', (entry) => {
  const { folder, rule, bases, cases } = entry;

  it('is named after its folder, and so are its parts', () => {
    expect(rule.name).toBe(folder);
    expect(bases.filter(({ name }) => !name.startsWith(`${folder}-`))).toEqual([]);
  });

  it('is a rule of its own or a correlation of its parts', () => {
    for (const document of [rule, ...bases]) {
      expect([document.detection, document.correlation].filter(Boolean)).toHaveLength(1);
      expect(document.logsource === undefined).toBe(document.detection === undefined);
    }
    expect(bases.length > 0).toBe(rule.correlation !== undefined);
    const referred = [rule, ...bases].flatMap(({ correlation }) => correlation?.rules ?? []);
    expect([...new Set(referred)].sort()).toEqual(bases.map(({ name }) => name).sort());
  });

  it('has nothing left of the template', () => {
    const texts = (one: PackEntry['rule']): string[] => [
      one.title,
      one.description,
      ...one.references,
      ...one.falsepositives,
      ...one.audit['next-steps'],
    ];
    const left = texts(template.rule);
    expect(texts(rule).filter((text) => left.includes(text))).toEqual([]);
  });

  it('names only event types that Okta lists', () => {
    const { exact, beginnings } = namedEventTypes(entry);
    expect(exact.filter((eventType) => !knownEventTypes.has(eventType))).toEqual([]);
    const idle = beginnings.filter((text) => !eventTypes.some((name) => name.startsWith(text)));
    expect(idle).toEqual([]);
  });

  it('looks for nothing that a note has no words for', () => {
    const { exact } = namedEventTypes(entry);
    expect(exact.filter((eventType) => findVerb(eventType) === null)).toEqual([]);
  });

  it('depends neither on placeholders nor on the order of targets', () => {
    const fields = [rule, ...bases].flatMap(({ detection }) => fieldsOf(detection));
    const names = fields.map(([field]) => field);
    expect(names.filter((name) => name.split('|').includes('expand'))).toEqual([]);
    expect(names.filter((name) => /^target(\[|\.\d)/.test(name))).toEqual([]);
    expect(names.filter((name) => /^target\.[a-z]/.test(name))).toEqual([]);
  });

  it('is tagged with techniques of its tactics', () => {
    const tags = rule.tags.map((tag) => tag.replace('attack.', ''));
    const techniques = tags.filter((tag) => /^t\d/.test(tag));
    const tactics = tags.filter((tag) => !/^t\d/.test(tag));
    expect(repeated(tags)).toEqual([]);
    expect(tactics.filter((tactic) => !(tactic in attack.tactics))).toEqual([]);
    expect(techniques.filter((technique) => !(technique in attack.techniques))).toEqual([]);
    const served = techniques.map((technique) => attack.techniques[technique]?.tactics ?? []);
    expect(served.filter((list) => !list.some((tactic) => tactics.includes(tactic)))).toEqual([]);
    expect(tactics.filter((tactic) => !served.flat().includes(tactic))).toEqual([]);
    expect(techniques.length).toBeGreaterThan(0);
  });

  it.each(rule.audit['next-steps'])('tells a field and a time in: %s', (step) => {
    expect(namesField(step), 'no field in backticks').toBe(true);
    expect(namesTime(step), 'no span of time').toBe(true);
  });

  it('has cases made of listed event types and documentation data alone', () => {
    const types = [...cases.fires, ...cases.quiet].flatMap(({ events }) =>
      events.map(({ eventType }) => eventType),
    );
    expect(types.filter((eventType) => !knownEventTypes.has(eventType))).toEqual([]);
    expect(findRealLookingData(entry.casesText)).toEqual([]);
  });

  it('has a near miss among the quiet cases', () => {
    const firing = new Set(familiesOf(cases.fires));
    expect(familiesOf(cases.quiet).some((family) => firing.has(family))).toBe(true);
  });

  it('fires where it must and stays quiet where it must', () => {
    const check = checksById.get(folder);
    if (check === undefined) throw new Error(`${folder} was not compiled`);
    const read = parseCases(cases);
    if (!read.ok) throw new Error(read.problems.map(({ message }) => message).join('\n'));
    expect(runCases(check, read.cases).flatMap(({ problems }) => problems)).toEqual([]);
  });
});

it.each(pack.filter(({ ruleText }) => ruleText.includes('actor.alternateId: system@okta.com')))(
  '$folder fires also for people who call themselves what the system account is called',
  ({ folder, cases }) => {
    const check = checksById.get(folder);
    const read = parseCases(cases);
    if (check === undefined || !read.ok) throw new Error(`${folder} was not compiled`);
    const firing = read.cases.filter(({ expected }) => expected === 'fires');
    const disguised = firing.map((one) => ({ ...one, events: one.events.map(disguiseActor) }));
    expect(runCases(check, disguised).flatMap(({ problems }) => problems)).toEqual([]);
  },
);

function disguiseActor(record: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { actor } = record;
  if (!isRecord(actor) || actor['type'] !== 'User') return record;
  return { ...record, actor: { ...actor, alternateId: 'system@okta.com' } };
}

describe('the template for a new rule', () => {
  it('has the form of a rule', () => {
    expect(template.rule.name).toBe('new-rule');
  });
});

function readTemplate(): PackEntry {
  const read = (file: string) =>
    readFileSync(join(root, 'scripts/rule-template', file), 'utf8')
      .replaceAll('RULE_NAME', 'new-rule')
      .replaceAll('RULE_ID', '7f0e0f52-2a51-4d39-9f5d-0f3b6c1d2e4a')
      .replaceAll('RULE_DATE', '2026-01-31');
  const files = { ruleText: read('rule.yml'), casesText: read('cases.yml') };
  return parsePackEntry({ folder: 'new-rule', ...files });
}

const LOG_FIELD =
  /`(actor|authenticationContext|client|debugContext|eventType|outcome|securityContext|target|transaction)(\.[A-Za-z]+)*`/;
const TIME_SPAN =
  /\b(\d+ (minutes?|hours?|days?)|(an?|the|same) (minute|hour|day)|(the|that) (minute|hour|day)|same day|that day|that minute)\b/;

function namesField(step: string): boolean {
  return LOG_FIELD.test(step);
}

function namesTime(step: string): boolean {
  return TIME_SPAN.test(step);
}

function familiesOf(stories: PackEntry['cases']['fires']): string[] {
  return stories.flatMap(({ events }) => events).map(({ eventType }) => familyOf(eventType));
}

/** `security` for security.threat.detected, but `user.mfa` for user.mfa.factor.update, as those two are large. */
function familyOf(eventType: string): string {
  const [first = '', second = ''] = eventType.split('.');
  return first === 'user' || first === 'system' ? `${first}.${second}` : first;
}

function repeated(values: readonly string[]): string[] {
  return values.filter((value, index) => values.indexOf(value) !== index);
}
