import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RawEvent } from '../../../src/model/log-event.ts';
import { createRequestRecord } from './record-requests.ts';
import { sendAnswer } from './send-answer.ts';
import { createSimulatedOrg, type OrgOptions } from './simulated-org.ts';
import type { Endpoint, Fault, RecordedRequest } from './simulator-fault.ts';
import type { SupportSetting } from './support-setting.ts';

export interface OktaSimulatorOptions extends OrgOptions {
  readonly faults?: readonly Fault[];
  /** How long every answer takes. */
  readonly latencyMs?: number;
  /** Any free one unless said. */
  readonly port?: number;
}

/** A simulated Okta org over HTTP on loopback. */
export interface OktaSimulator {
  /** Origin, for `okta-org-url`. */
  readonly url: string;
  /** Everything that was asked, in order. */
  readonly requests: readonly RecordedRequest[];
  requestsTo(endpoint: Endpoint): RecordedRequest[];
  /** Adds events that the org persists when they were published, or at `persistedAt` where Okta was late. */
  addEvents(events: readonly RawEvent[], persistedAt?: string | number): void;
  setSupport(change: Partial<SupportSetting>): void;
  setFaults(faults: readonly Fault[]): void;
  /** Takes back every access token that was given out. */
  expireAccessTokens(): void;
  close(): Promise<void>;
}

/** Starts a simulated org that answers only what Okta's OpenAPI description allows; close it after use. */
export async function startOktaSimulator(options: OktaSimulatorOptions): Promise<OktaSimulator> {
  const org = createSimulatedOrg(options);
  const { requests, record } = createRequestRecord();
  let faults = options.faults ?? [];
  let origin = '';

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', origin);
    const made = record(request, url);
    const body = await readBody(request);
    const fault = faults.find((candidate) => candidate.when(made))?.action ?? null;
    if (options.latencyMs !== undefined) await delay(options.latencyMs);
    if (fault?.kind === 'silence') return;
    if (fault?.kind === 'connection-reset') {
      request.socket.resetAndDestroy();
      return;
    }
    const said = await org.answer({ request, origin, url, record: made, body, fault });
    made.status = said.status;
    response.setHeader('Date', new Date(org.readClock()).toUTCString());
    response.setHeader('X-Okta-Request-Id', `simulated-${requests.length}`);
    sendAnswer({ request, response, answer: said, fault });
  }

  const server = createServer((request, response) => {
    serve(request, response).catch((thrown: unknown) => confess(response, thrown));
  });
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: origin,
    requests,
    requestsTo: (endpoint) => requests.filter((made) => made.endpoint === endpoint),
    addEvents(events, persistedAt) {
      org.store.add(
        events,
        typeof persistedAt === 'string' ? Date.parse(persistedAt) : persistedAt,
      );
    },
    setSupport: org.setSupport,
    setFaults(wanted) {
      faults = wanted;
    },
    expireAccessTokens: org.tokenEndpoint.expireAll,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** A mistake of the simulator or of its test data, with a status that no org gives. */
function confess(response: ServerResponse, thrown: unknown): void {
  const reason = thrown instanceof Error ? thrown.stack : String(thrown);
  response.writeHead(599, { 'Content-Type': 'text/plain' }).end(`The simulator failed: ${reason}`);
}

async function readBody(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += chunk;
  return body;
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
