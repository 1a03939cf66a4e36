import { beforeAll, describe, expect, test } from 'vitest';
import { ALL_EVENT_TYPES } from '../../src/model/event-type-set.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { JudgedAudit } from '../../src/model/judged-audit.ts';
import type { EventSource, ReadRequest } from '../../src/model/reading.ts';
import { DAY_MS } from '../../src/model/time-window.ts';
import { NO_TUNING, type Tuning } from '../../src/model/tuning.ts';
import { selectEvents } from '../../src/sources/archive/select-events.ts';
import { askAudit } from '../scopes/ask-audit.ts';
import { composeEvent, type EventParts } from '../simulators/okta/build-event.ts';
import {
  COMPANY_ADMINISTRATORS,
  HELP_DESK,
  LISTED_CASE,
  MONTH,
  tellCompanyMonth,
  VICTIM,
} from './company-month.ts';
import { toEvent } from './to-event.ts';

const TUNING: Tuning = {
  ...NO_TUNING,
  ownDomains: ['example.com'],
  helpDesk: [...HELP_DESK.map(({ alternateId }) => alternateId), 'personnel.office@example.com'],
  privilegedUsers: COMPANY_ADMINISTRATORS.map(({ alternateId }) => alternateId),
  supportCases: [LISTED_CASE],
};

/** An archive that is told anew for each reading, so that a month of a company needs no memory. */
function createCompanyArchive(): EventSource {
  let eventsRead = 0;
  return {
    kind: 'archive',
    name: 'company',
    read: async (request, deliver) => {
      const isAsked = selectEvents(request);
      for (const parts of tellCompanyMonth()) {
        eventsRead += 1;
        if (!mayBeFollowed(parts, request)) continue;
        const event = toEvent(composeEvent(parts));
        if (isAsked(event)) deliver([event]);
      }
      return {
        kind: 'archive',
        name: 'company',
        firstEventMs: MONTH.sinceMs,
        lastEventMs: MONTH.untilMs,
        covered: [
          {
            window: { sinceMs: MONTH.sinceMs - 60 * DAY_MS, untilMs: MONTH.untilMs + 60 * DAY_MS },
            eventTypes: ALL_EVENT_TYPES,
            missingFields: [],
          },
        ],
        holes: [],
        counts: { eventsRead, eventsParsed: eventsRead, malformed: 0, duplicates: 0, requests: 0 },
      };
    },
  };
}

/** A second reading names people, so most events need not even be composed. */
function mayBeFollowed(parts: EventParts, request: ReadRequest): boolean {
  if (request.needs.length > 0) return true;
  const ids = [parts.actor, ...(parts.targets ?? [])].map(({ id }) => id);
  return request.followUps.some(({ values }) => values.some((value) => ids.includes(value)));
}

describe('a month of a company of 5,000 people with one takeover', () => {
  let audit: JudgedAudit;
  beforeAll(async () => {
    audit = await askAudit({
      incident: null,
      source: createCompanyArchive(),
      plan: {
        nowMs: MONTH.untilMs + DAY_MS,
        times: { lookbackDays: null, sinceMs: MONTH.sinceMs, untilMs: MONTH.untilMs },
        tuning: TUNING,
      },
    });
  }, 240_000);

  function withRole(role: Finding['role']): readonly Finding[] {
    return audit.findings.filter((finding) => finding.role === role);
  }

  test('gives one finding of evidence, and it is the takeover', () => {
    const found = withRole('evidence');
    expect(found.map(({ check, target }) => [check, target?.login])).toEqual([
      ['takeover-chain', VICTIM.alternateId],
    ]);
    expect(found[0]?.events.map(({ eventType }) => eventType)).toEqual([
      'user.mfa.factor.reset_all',
      'user.account.reset_password',
      'user.mfa.factor.activate',
      'user.session.access_admin_app',
      'system.api_token.create',
    ]);
    expect(audit.verdict).toBe('evidence-found');
  });

  test('asks a person about ten findings at most, the tickets among them', () => {
    const found = withRole('review');
    expect(found.length).toBeLessThanOrEqual(10);
    expect(found.filter(({ check }) => check === 'support-session-started')).toHaveLength(1);
  });

  test('leaves hundreds of resets, telephones and journeys as context', () => {
    expect(withRole('context').length).toBeGreaterThan(100);
  });
});
