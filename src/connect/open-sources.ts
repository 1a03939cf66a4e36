import { type AuditPlan, nameTenant } from '../model/audit-plan.ts';
import { formatCount } from '../model/format-count.ts';
import type { EventSource, Progress } from '../model/reading.ts';
import type { SupportAccess } from '../model/support-access.ts';
import { createArchiveSource } from '../sources/archive/archive-source.ts';
import { saveWhileReading } from '../sources/archive/saved/save-while-reading.ts';
import { guardMemory } from './guard-memory.ts';
import { openOkta } from './open-okta.ts';
import { shareProgress } from './share-progress.ts';
import type { Surroundings } from './surroundings.ts';
import type { Tell } from './tell.ts';

export interface SourcesToOpen {
  readonly plan: Pick<AuditPlan, 'nowMs' | 'okta' | 'archives'>;
  readonly surroundings: Pick<
    Surroundings,
    'workingDirectory' | 'programFile' | 'isStrict' | 'archiveDirectory'
  >;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly progress: Progress;
  readonly tell: Tell;
}

export interface OpenSources {
  readonly sources: readonly EventSource[];
  readonly askSupportAccess: () => Promise<SupportAccess>;
  /** Asks Okta for nothing more. */
  readonly stop: () => void;
}

/** Opens what a plan reads: the live log, archives, or both. */
export function openSources(given: SourcesToOpen): OpenSources {
  const { plan, surroundings } = given;
  const openProgress = shareProgress(given.progress, given.tell.info);
  const okta =
    plan.okta === null ? null : openOkta({ ...given, access: plan.okta, progress: openProgress() });
  const live = okta === null ? null : keepWhatIsRead(okta.source, given);
  const archive =
    plan.archives.length === 0
      ? null
      : createArchiveSource({
          patterns: plan.archives,
          workingDirectory: surroundings.workingDirectory,
          org: nameTenant(plan.okta),
          progress: openProgress(),
          tell: given.tell.info,
          workerEntry: surroundings.programFile,
          isStrict: surroundings.isStrict ?? false,
        });
  return {
    sources: [live, archive].filter((source) => source !== null).map(guardMemory),
    askSupportAccess: okta?.askSupportAccess ?? askNobody,
    stop: () => okta?.stop(),
  };
}

function keepWhatIsRead(okta: EventSource, { surroundings, tell }: SourcesToOpen): EventSource {
  const { archiveDirectory } = surroundings;
  if (archiveDirectory === undefined) return okta;
  return saveWhileReading(okta, {
    directory: archiveDirectory,
    tell: ({ path, events, sha256 }) =>
      tell.info(`Saved ${formatCount(events, 'event')}: ${path} (SHA-256 ${sha256})`),
  });
}

async function askNobody(): Promise<SupportAccess> {
  return {
    state: 'unknown',
    expiresAtMs: null,
    reason: 'Only archives were read; nobody asked Okta for the setting of today.',
    cases: [],
  };
}
