import { expect, it } from 'vitest';
import { rememberAudit } from '../../src/memory/remember-audit.ts';
import { EMPTY_MEMORY, type IssueMemory } from '../../src/model/issue-memory.ts';
import type { JudgedAudit } from '../../src/model/judged-audit.ts';
import { DAY_MS, formatUtcDay } from '../../src/model/time-window.ts';
import { NO_TUNING, type Tuning } from '../../src/model/tuning.ts';
import { toEvents } from './ask-about.ts';
import { askAudit, LATER_MS } from './ask-audit.ts';
import { createMemorySource } from './memory-source.ts';

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
