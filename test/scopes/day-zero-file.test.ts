import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseIncidentFile } from '../../src/catalogue/read-scopes.ts';
import { parseLogEvent, type RawEvent } from '../../src/model/log-event.ts';
import type { Role } from '../../src/model/severity.ts';
import { DAY_MS } from '../../src/model/time-window.ts';
import type { Verdict } from '../../src/model/verdict.ts';
import { BY_TOKEN, NOW, openTenant } from '../okta/simulated-tenant.ts';
import {
  BERLIN_OFFICE,
  composeEvent,
  passwordReset,
  person,
  type Somebody,
  signIn,
} from '../simulators/okta/build-event.ts';
import { askAudit } from './ask-audit.ts';
import { listUnknownChecks } from './list-unknown-checks.ts';
import { createMemorySource } from './memory-source.ts';
import { surroundings } from './surroundings.ts';

const DANA = person('dana.reyes@example.com');
const ADDRESS_CHANGED = {
  eventType: 'user.account.update_primary_email',
  transaction: { type: 'WEB', id: 't1', detail: { requestApiTokenId: '00T1token' } },
};

function resetBy(actor: Somebody, details: { readonly apiTokenId?: string } = {}): RawEvent {
  const target = person('finn.okoro@example.com');
  return passwordReset({ actor, target, at: '2026-11-17T03:00:00Z', ...details });
}

describe('a day-zero file', () => {
  const path = 'docs/incident-template.yml';
  const text = readFileSync(join(import.meta.dirname, '../..', path), 'utf8');

  it('is a few lines, and looks for what a first hour needs', () => {
    const file = parseIncidentFile({ path, text });
    expect(text.split('\n').filter((line) => /^\s*[a-z-]/.test(line)).length).toBeLessThan(10);
    expect(listUnknownChecks(file)).toEqual([]);
    expect(file.checks.filter(({ role }) => role === 'evidence').length).toBeGreaterThan(0);
  });

  it('is what the README shows', () => {
    const readme = readFileSync(join(import.meta.dirname, '../../README.md'), 'utf8');
    const [, shown = ''] =
      /\(docs\/incident-template\.yml\)[^`]*```yaml\n([^`]*)```/.exec(readme) ?? [];
    const file = parseIncidentFile({ path: 'README.md', text: shown });
    const template = parseIncidentFile({ path, text });
    expect(shown.trim().split('\n').length).toBeLessThanOrEqual(10);
    expect(file.checks).toEqual(template.checks);
    expect(file.indicators).toEqual(template.indicators);
  });

  it('is answered by a targeted pull, which a quiet tenant passes', async () => {
    const { simulator, source } = await openTenant({});
    const user = person('dana.reyes@example.com');
    simulator.addEvents([
      signIn({ user, at: NOW - 60 * DAY_MS }),
      signIn({ user, at: NOW - DAY_MS }),
    ]);
    const audit = await askAudit({
      incident: null,
      scope: { ...parseIncidentFile({ path, text }), indicators: [] },
      source,
      plan: { nowMs: NOW, archives: [], okta: { orgUrl: simulator.url, credentials: BY_TOKEN } },
    });
    expect(audit.coverage.holes.filter(({ decides }) => decides)).toEqual([]);
    expect(audit.verdict).toBe('no-evidence');
  });

  it.each<[string, string, Role]>([
    ['app.oauth2.credentials.lifecycle.create', 'oauth-client-credential-added', 'review'],
    ['app.oauth2.admin.consent.grant', 'oauth-scope-granted-to-app', 'review'],
    ['integration.api_service.lifecycle.authorize', 'api-service-authorized', 'review'],
    ['system.api_token.request_outside_allowed_range', 'api-token-outside-network', 'review'],
    ['iam.role.permissions.add', 'custom-admin-role-widened', 'review'],
    ['zone.update', 'network-zone-changed', 'context'],
    ['system.agent.ad.upgrade', 'directory-agent-updated', 'context'],
    ['policy.rule.update', 'policy-rule-changed', 'context'],
    ['app.oauth2.client.read_client_secret', 'client-secret-read', 'context'],
  ])('tells of %s by %s', async (eventType, check, role) => {
    const scope = { ...parseIncidentFile({ path, text }), indicators: [] };
    const actor = person('dana.reyes@example.com');
    const acts = ['2026-11-02T03:00:00Z', '2026-11-17T03:00:00Z'].flatMap(
      (at) => parseLogEvent(composeEvent({ eventType, at, actor })) ?? [],
    );
    const source = createMemorySource({ events: acts, covered: surroundings(scope) });
    const audit = await askAudit({ incident: null, scope, source });
    const told = audit.findings.map((finding) => [finding.check, finding.role]);
    expect(told).toEqual([
      [check, role],
      [check, 'context'],
    ]);
  });

  it.each<[string, RawEvent, Verdict]>([
    ['an API token', resetBy(DANA, { apiTokenId: '00T1token' }), 'needs-review'],
    ['an OAuth app', resetBy({ ...DANA, type: 'PublicClientApp' }), 'needs-review'],
    [
      'an OAuth app that uses the API',
      resetBy({ ...DANA, type: 'PublicClientAppEntity', alternateId: 'unknown' }),
      'needs-review',
    ],
    ['an administrator', resetBy(DANA), 'no-evidence'],
    ['an HR sync that changes an address', { ...resetBy(DANA), ...ADDRESS_CHANGED }, 'no-evidence'],
  ])('asks what programs did to passwords: a reset by %s', async (_, reset, verdict) => {
    const scope = { ...parseIncidentFile({ path, text }), indicators: [] };
    const events = [reset].flatMap((raw) => parseLogEvent(raw) ?? []);
    const source = createMemorySource({ events, covered: surroundings(scope) });
    const audit = await askAudit({ incident: null, scope, source });
    expect(audit.verdict).toBe(verdict);
    expect(audit.findings).toHaveLength(1);
  });

  it('finds its indicators beside what a first hour needs', async () => {
    const scope = parseIncidentFile({ path, text });
    const address = scope.indicators[0]?.value ?? '';
    const sign = signIn({
      user: person('dana.reyes@example.com'),
      at: '2026-11-17T03:00:00Z',
      place: { ...BERLIN_OFFICE, address },
    });
    const events = [sign].flatMap((raw) => parseLogEvent(raw) ?? []);
    const source = createMemorySource({ events, covered: surroundings(scope) });
    const audit = await askAudit({ incident: null, scope, source });
    expect(audit.verdict).toBe('evidence-found');
    expect(audit.findings.map(({ check }) => check)).toEqual(['indicator-address']);
  });
});
