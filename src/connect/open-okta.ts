import type { AuditPlan, OktaAccess } from '../model/audit-plan.ts';
import type { EventSource, Progress } from '../model/reading.ts';
import type { SupportAccess } from '../model/support-access.ts';
import { createOktaSource } from '../sources/okta/okta-source.ts';
import { askSupportAccess } from '../sources/okta/support/ask-support-access.ts';
import { OktaTransport } from '../sources/okta/transport/transport.ts';
import { createStoppableWaits } from './stoppable-waits.ts';
import type { Tell } from './tell.ts';

export interface OktaConnection {
  readonly source: EventSource;
  readonly askSupportAccess: () => Promise<SupportAccess>;
  /** Asks for nothing more. */
  readonly stop: () => void;
}

/** Opens the live org: its log and its support setting share one transport and one token. */
export function openOkta({
  access,
  plan,
  env,
  progress,
  tell,
}: {
  access: OktaAccess;
  plan: Pick<AuditPlan, 'nowMs'>;
  env: Readonly<Record<string, string | undefined>>;
  progress: Progress;
  tell: Tell;
}): OktaConnection {
  const { nowMs } = plan;
  const { sleep, isStopped, stop } = createStoppableWaits();
  const transport = new OktaTransport(access, {
    now: Date.now,
    sleep,
    random: Math.random,
    env,
    log: (line) => {
      if (!isStopped()) tell.info(line);
    },
  });
  return {
    source: createOktaSource({ transport, nowMs, progress }),
    askSupportAccess: () => askSupportAccess({ transport, nowMs }),
    stop,
  };
}
