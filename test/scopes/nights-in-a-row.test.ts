import { expect, it } from 'vitest';
import { acknowledgeTicked } from '../../src/memory/acknowledge-ticked.ts';
import { findNews } from '../../src/memory/find-news.ts';
import { rememberAudit } from '../../src/memory/remember-audit.ts';
import { isNews } from '../../src/model/audit-news.ts';
import { EMPTY_MEMORY, type IssueMemory } from '../../src/model/issue-memory.ts';
import type { JudgedAudit } from '../../src/model/judged-audit.ts';
import { DAY_MS, formatUtcDay, HOUR_MS } from '../../src/model/time-window.ts';
import { NO_TUNING, type Tuning } from '../../src/model/tuning.ts';
import { impersonationEvent } from '../simulators/okta/build-event.ts';
import { toEvents } from './ask-about.ts';
import { askAudit, LATER_MS } from './ask-audit.ts';
import { createMemorySource } from './memory-source.ts';
import { ENGINEER, windowStart } from './tell-events.ts';

/** Twelve nights of a quiet tenant; gives each night's answer. */
async function askNights(tuning: Tuning): Promise<JudgedAudit[]> {
  const answers: JudgedAudit[] = [];
  let memory: IssueMemory = EMPTY_MEMORY;
  for (let night = 0; night < 12; night += 1) {
    const nowMs = LATER_MS + night * DAY_MS;
    const covered = { sinceMs: LATER_MS - 90 * DAY_MS, untilMs: nowMs };
    const source = createMemorySource({ events: toEvents([]), covered });
    const audit = await askAudit({ incident: null, source, memory, plan: { nowMs, tuning } });
    memory = rememberAudit({ audit, memory, minimumSeverity: 'low' });
    answers.push(audit);
  }
  return answers;
}

it.each(['api-token-created', 'support-access-open'])(
  'the window moves on, as nothing is left unread, where %s is switched off',
  async (id) => {
    const off = { enabled: false, severity: null, filter: null };
    const answers = await askNights({ ...NO_TUNING, rules: { [id]: off } });
    expect(answers.map(({ coverage }) => coverage.state)).toEqual(answers.map(() => 'partial'));
    expect(answers.map(({ window }) => formatUtcDay(window.sinceMs))).toEqual(
      answers.map((_, night) => formatUtcDay(LATER_MS + (night - 7) * DAY_MS)),
    );
  },
);

it('a support session that was acknowledged asks for nothing again while it lasts into a later window', async () => {
  const start = windowStart() + 3 * DAY_MS - HOUR_MS;
  const visit = { actor: ENGINEER, session: 'support visit', at: start };
  const events = toEvents([impersonationEvent('initiate', visit)]);
  const ask = async (night: number, memory: IssueMemory) => {
    const nowMs = LATER_MS + night * DAY_MS;
    const covered = { sinceMs: LATER_MS - 90 * DAY_MS, untilMs: nowMs };
    const source = createMemorySource({ events, covered });
    const audit = await askAudit({ incident: null, source, memory, plan: { nowMs } });
    return { audit, next: rememberAudit({ audit, memory, minimumSeverity: 'low' }) };
  };
  const first = await ask(2, EMPTY_MEMORY);
  expect(first.audit.findings.map(({ check }) => check)).toEqual(['support-session-started']);
  const ticked = new Set(first.audit.findings.map(({ id }) => id));
  const ticks = { ticked, unticked: new Set<string>() };
  const memory = acknowledgeTicked({ memory: first.next, ticks, closedByPerson: false });
  const { audit } = await ask(3, memory);
  expect(audit.findings.map(({ check, status }) => [check, status])).toEqual([
    ['support-access-open', 'acknowledged'],
  ]);
  expect(isNews(findNews({ audit, memory, minimumSeverity: 'low' }))).toBe(false);
});
