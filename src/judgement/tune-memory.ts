import type { IssueMemory } from '../model/issue-memory.ts';
import type { Tuning } from '../model/tuning.ts';
import { readTunedSeverity } from './tuned-severity.ts';

/** What earlier runs saw, weighed as the team weighs its checks now: whatever they find is listed or hidden alike. */
export function tuneMemory(memory: IssueMemory, tuning: Tuning): IssueMemory {
  const findings = memory.findings.map((row) => ({
    ...row,
    severity: readTunedSeverity(tuning, row.check) ?? row.severity,
  }));
  return { ...memory, findings };
}
