import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import type { JudgedAudit } from '../../src/model/judged-audit.ts';
import { renderReportJson, toReportJson } from '../../src/report/report-json.ts';
import { renderReportPages } from '../../src/report/report-pages.ts';
import { expectGolden } from './expect-golden.ts';
import { SAMPLE_EVIDENCE, SAMPLE_IDENTITY, sampleAudit, sampleFinding } from './sample-audit.ts';
import { stranger } from './sample-events.ts';
import { incidentAudit, largeAudit, newsAudit, quietAudit } from './sample-stories.ts';

const ROOT = path.resolve(import.meta.dirname, '..', '..');

function compileSchema() {
  const schema: unknown = JSON.parse(
    readFileSync(path.join(ROOT, 'docs', 'report.schema.json'), 'utf8'),
  );
  if (typeof schema !== 'object' || schema === null) throw new Error('the schema is no object');
  const ajv = new Ajv2020({ allErrors: true, strict: true, allowUnionTypes: true });
  addFormats.default(ajv);
  return ajv.compile(schema);
}

function render(judged: JudgedAudit): string {
  return renderReportJson({ judged, identity: SAMPLE_IDENTITY, evidence: SAMPLE_EVIDENCE });
}

describe('report.json', () => {
  const validate = compileSchema();

  it.each([
    ['an empty night', sampleAudit()],
    ['a quiet night', quietAudit()],
    ['a night with news', newsAudit()],
    ['an incident', incidentAudit()],
    ['2,000 findings', largeAudit(2_000)],
    ['archives alone', sampleAudit({ tenant: null })],
  ])('of %s satisfies the published schema', (_name, judged) => {
    const parsed: unknown = JSON.parse(render(judged));
    expect(validate(parsed), JSON.stringify(validate.errors)).toBe(true);
  });

  it('names the archives that were saved, with their checksums', () => {
    const [source, ...others] = sampleAudit().coverage.sources;
    if (source === undefined) throw new Error('the sample has no source');
    const sha256 = 'ab'.repeat(32);
    const saved = [{ path: '/home/dana/archive/okta-1.ndjson.zst', events: 7, sha256 }];
    const judged = sampleAudit();
    const coverage = { ...judged.coverage, sources: [{ ...source, saved }, ...others] };
    const report: unknown = JSON.parse(render({ ...judged, coverage }));
    expect(report).toMatchObject({
      coverage: { sources: [{ saved: [{ file: 'okta-1.ndjson.zst', events: 7, sha256 }] }] },
    });
    expect(validate(report), JSON.stringify(validate.errors)).toBe(true);
    const { reportMd } = renderReportPages({
      judged: { ...judged, coverage },
      identity: SAMPLE_IDENTITY,
      evidence: SAMPLE_EVIDENCE,
      minimumSeverity: 'low',
      completeThroughMs: null,
    });
    expect(reportMd).toContain(sha256);
    expect(reportMd).not.toContain('/home/dana');
  });

  it('counts what an archive has by the hours of each day, and its families', () => {
    const judged = incidentAudit();
    const [source, ...others] = judged.coverage.sources;
    if (source === undefined) throw new Error('the sample has no source');
    const midnight = Date.parse('2022-01-17T00:00Z') / 3_600_000;
    const held = {
      hours: [
        [midnight - 1, 5],
        [midnight, 2],
        [midnight + 23, 7],
      ] as const,
      families: [['user.session', 2]] as const,
    };
    const coverage = { ...judged.coverage, sources: [{ ...source, held }, ...others] };
    const report: unknown = JSON.parse(render({ ...judged, coverage }));
    const none = new Array<number>(22).fill(0);
    expect(report).toMatchObject({
      coverage: {
        sources: [
          {
            held: {
              recordsByHour: [
                { day: '2022-01-16', records: [0, ...none, 5] },
                { day: '2022-01-17', records: [2, ...none, 7] },
              ],
              daysByFamily: { 'user.session': 2 },
            },
          },
        ],
      },
    });
    expect(validate(report), JSON.stringify(validate.errors)).toBe(true);
  });

  it('says who came from a network, and who did what there', () => {
    const report = toReportJson({
      judged: incidentAudit(),
      identity: SAMPLE_IDENTITY,
      evidence: SAMPLE_EVIDENCE,
    });
    const [network] = report.investigations.networks;
    expect(network?.actors).toEqual(['a.meyer@acme.example', 'j.ortiz@acme.example']);
    expect(network?.timeline.map(({ actor }) => actor)).toEqual([
      'a.meyer@acme.example',
      'j.ortiz@acme.example',
    ]);
  });

  it('without a run or a tuning file says so with null', () => {
    const judged = sampleAudit();
    const identity = { ...SAMPLE_IDENTITY, run: null, config: null };
    const report = toReportJson({ judged, identity, evidence: SAMPLE_EVIDENCE });
    expect(report.run).toBeNull();
    expect(report.config).toBeNull();
    expect(validate(report)).toBe(true);
  });

  it('is refused by the schema with a key too many or too few', () => {
    const report = JSON.parse(render(incidentAudit()));
    expect(validate({ ...report, extra: 1 })).toBe(false);
    const { verdict: _verdict, ...rest } = report;
    expect(validate(rest)).toBe(false);
  });

  it('equals the published example', () => {
    expectGolden('docs/report.example.json', render(incidentAudit()));
  });

  it('gives an ongoing interval no end but an expected one', () => {
    const report = toReportJson({
      judged: newsAudit(),
      identity: SAMPLE_IDENTITY,
      evidence: SAMPLE_EVIDENCE,
    });
    expect(report.supportAccess.intervals[0]).toMatchObject({
      end: null,
      expectedEnd: '2026-11-23T08:17:00.000Z',
      endBasis: 'ongoing',
    });
  });

  it('never cuts the events of a finding', () => {
    const report = toReportJson({
      judged: largeAudit(5),
      identity: SAMPLE_IDENTITY,
      evidence: SAMPLE_EVIDENCE,
    });
    expect(report.findings[4]?.events).toEqual(['4-0', '4-1', '4-2']);
  });

  it('writes invisible characters as escapes that parse back to the same text', () => {
    const summary = 'from \u202Eevil\u202C\u200B\u009B31m';
    const text = render(sampleAudit({ findings: [sampleFinding({ summary })] }));
    expect(text).not.toMatch(/[\u202E\u202C\u200B\u009B]/);
    expect(JSON.parse(text).findings[0].summary).toBe(summary);
  });
});

describe('the login that an unknown actor typed', () => {
  const typed = 'My"Secret.Pa55';
  const finding = sampleFinding({
    actor: stranger(typed),
    target: { id: null, type: null, login: typed.toLowerCase(), name: typed },
    summary: `${typed.toLowerCase()} tried to sign in.`,
    askWhom: typed,
    query: `actor.alternateId eq "My\\"Secret.Pa55"`,
    facts: { login: typed, logins: [typed], tries: 2 },
  });

  it('stands nowhere in report.json', () => {
    const text = render(sampleAudit({ findings: [finding] }));
    expect(text.toLowerCase()).not.toContain('secret');
    expect(JSON.parse(text).findings[0]).toMatchObject({
      actor: { login: '(unknown login, 14 characters)', name: 'unknown' },
      target: { login: '(unknown login, 14 characters)' },
      summary: '(unknown login, 14 characters) tried to sign in.',
      facts: { login: '(unknown login, 14 characters)', tries: 2 },
    });
  });

  it('is found through the events where the finding names nobody', () => {
    const guarded = render(
      sampleAudit({
        findings: [
          sampleFinding({ ...finding, actor: null, target: null, events: eventsOf(typed) }),
        ],
      }),
    );
    expect(guarded.toLowerCase()).not.toContain('secret');
  });

  it('is kept where Okta knows the party', () => {
    const known = { id: '00u1', type: 'User', login: 'dana@acme.example', name: 'Dana' };
    const system = { id: null, type: 'SystemPrincipal', login: 'system@okta.com', name: 'Okta' };
    const report = toReportJson({
      judged: sampleAudit({ findings: [sampleFinding({ actor: system, target: known })] }),
      identity: SAMPLE_IDENTITY,
      evidence: SAMPLE_EVIDENCE,
    });
    expect(report.findings[0]).toMatchObject({ actor: system, target: known });
  });
});

function eventsOf(typed: string) {
  return sampleFinding({ actor: stranger(typed) }).events;
}
