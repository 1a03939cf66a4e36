import type { EventSource, Progress } from '../../model/reading.ts';
import { readSystemLog } from './log/read-system-log.ts';
import type { OktaTransport } from './transport/transport.ts';

export interface OktaSourceOptions {
  readonly transport: OktaTransport;
  /** The instant that the audit goes by: reach and settling are counted from it. */
  readonly nowMs: number;
  readonly progress: Progress;
}

/**
 * The live System Log of one org as a source of events. Nothing is sent before `read`.
 * An event is delivered once per `read`; a later `read` may deliver it again.
 */
export function createOktaSource({ transport, nowMs, progress }: OktaSourceOptions): EventSource {
  return {
    kind: 'okta',
    name: transport.host,
    read: (request, deliver) => readSystemLog({ transport, request, nowMs, deliver, progress }),
  };
}
