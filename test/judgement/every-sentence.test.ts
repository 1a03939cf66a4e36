import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readEventTypes, readRulePack } from '../../scripts/read-rule-pack.ts';
import { judgeAudit } from '../../src/judgement/judge-audit.ts';
import { mayHoldType } from '../../src/model/event-type-set.ts';
import type { Finding } from '../../src/model/finding.ts';
import { NO_TUNING } from '../../src/model/tuning.ts';
import { compileRules } from '../../src/sigma/compile-rules.ts';
import { parseSigmaDocuments } from '../../src/sigma/parse/parse-sigma-documents.ts';
import { parseCases } from '../../src/sigma/run-cases.ts';
import {
  makeInput,
  makeReading,
  makeScope,
  name,
  rolling,
  span,
  toEvent,
} from './judgement-case.ts';

const rulesDirectory = join(import.meta.dirname, '../../rules');
const pack = readRulePack(rulesDirectory);
const { checks } = compileRules({
  documents: pack.flatMap(
    ({ folder, ruleText }) =>
      parseSigmaDocuments({ path: folder, text: ruleText, origin: 'built-in' }).documents,
  ),
  eventTypes: readEventTypes(rulesDirectory),
  tuning: NO_TUNING,
});

/** The finding that the first firing case of a rule makes. */
function findFirst(id: string): Finding {
  const check = checks.find((one) => one.id === id);
  const parsed = parseCases(parse(pack.find(({ folder }) => folder === id)?.casesText ?? ''));
  if (check === undefined || !parsed.ok) throw new Error(`${id} has no cases`);
  const run = check.begin();
  const fires = parsed.cases.find(({ expected }) => expected === 'fires');
  for (const event of fires?.events.map(toEvent) ?? []) {
    if (mayHoldType(check.needs.eventTypes, event.eventType)) run.accept(event);
  }
  const { findings } = judgeAudit(
    makeInput({
      nowMs: Date.parse('2027-01-01T00:00:00Z'),
      scope: makeScope([name(id, 'review')]),
      time: rolling(span('2025-01-01', '2026-12-31')),
      checks: [check],
      results: [{ check, matches: run.finish(), remarks: [] }],
      readings: [makeReading([span('2025-01-01', '2026-12-31')])],
    }),
  );
  const [first] = findings;
  if (first === undefined) throw new Error(`${id} found nothing`);
  return first;
}

describe.each(pack.map(({ folder }) => folder))('a finding of %s', (id) => {
  const finding = findFirst(id);

  test('says in one sentence of our own words who did what, when and from where', () => {
    const { summary } = finding;
    expect(summary).toMatch(/^\S.* (?:on|from) \d{4}-\d{2}-\d{2}.* UTC.*\.$/);
    expect(summary, 'an event type without words').not.toMatch(/ caused |tried, without success/);
    expect(summary, 'an empty slot').not.toMatch(/\(\)| {2}|\{| ,/);
    expect(summary.charAt(0)).not.toBe('(');
  });

  test('says whom to ask, why it matters and what to look at, with a field', () => {
    expect(finding.askWhom).toMatch(/ (?:whether they|what it did)/);
    expect(finding.description.length).toBeGreaterThan(60);
    expect(finding.nextSteps.length).toBeGreaterThan(0);
    expect(finding.nextSteps.join(' ')).toMatch(/[a-z]\.[a-zA-Z]/);
    expect(finding.query).toMatch(/^\(?eventType /);
  });

  test('names the person to ask in its steps, and keeps every field to search by', () => {
    const check = checks.find((one) => one.id === id);
    const steps = finding.nextSteps.join('\n');
    expect(steps).not.toMatch(/the (?:person|user) in \S+\.alternateId/);
    const fields = check?.nextSteps.join('\n').match(/[a-z]\w*(?:\.\w+)+/g) ?? [];
    expect(fields.filter((field) => !steps.includes(field))).toEqual([]);
  });
});
