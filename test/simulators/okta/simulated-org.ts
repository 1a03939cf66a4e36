import type { IncomingMessage } from 'node:http';
import type { RawEvent } from '../../../src/model/log-event.ts';
import { answerFault, tooManyRequests } from './answer-fault.ts';
import { answerLogs, type LogsContext } from './answer-logs.ts';
import { type AccessContext, checkAccess, FORBIDDEN, type Principal } from './check-access.ts';
import { createAnswerCheck } from './check-answer.ts';
import { createEventStore, type EventStore } from './event-store.ts';
import { createCursorSeal } from './page-cursor.ts';
import { createRateLimit, type RateLimitOptions, type RateLimitState } from './rate-limit.ts';
import { headerOf } from './record-requests.ts';
import type { SimulatedClient, SimulatedToken } from './service-app.ts';
import { type Answer, oktaError, withHeaders } from './simulator-answer.ts';
import type { FaultAction, RecordedRequest } from './simulator-fault.ts';
import {
  answerSupport,
  answerSupportCases,
  SUPPORT_DISABLED,
  type SupportSetting,
} from './support-setting.ts';
import { createTokenEndpoint, type TokenEndpoint } from './token-endpoint.ts';

export interface OrgOptions {
  readonly events?: readonly RawEvent[];
  /** The org's clock: an instant from which it ticks on, or a function where a test moves time itself. */
  readonly now: string | number | (() => number);
  /** The clock by which clients sign their assertions and proofs; the real one unless a test moves it too. */
  readonly clientNow?: () => number;
  /** Per window and endpoint, for the whole org; 600 a minute unless said. */
  readonly rateLimit?: Partial<RateLimitOptions>;
  readonly clients?: readonly SimulatedClient[];
  readonly tokens?: readonly SimulatedToken[];
  readonly support?: Partial<SupportSetting>;
  readonly retentionDays?: number;
  readonly edges?: LogsContext['edges'];
  readonly tokenLifeMs?: number;
}

export interface AskedRequest {
  readonly request: IncomingMessage;
  readonly origin: string;
  readonly url: URL;
  readonly record: RecordedRequest;
  readonly body: string;
  readonly fault: FaultAction | null;
}

/** An Okta org without its HTTP: what it knows, whom it lets in and what it says. */
export interface SimulatedOrg {
  readonly readClock: () => number;
  readonly store: EventStore;
  readonly tokenEndpoint: TokenEndpoint;
  setSupport(change: Partial<SupportSetting>): void;
  answer(asked: AskedRequest): Promise<Answer>;
}

const DAY_MS = 86_400_000;
const USUAL_LIMIT: RateLimitOptions = { limit: 600, windowMs: 60_000, takenByOthers: 0 };

export function createSimulatedOrg(options: OrgOptions): SimulatedOrg {
  const readClock = startClock(options.now);
  const { clients = [], tokens = [], tokenLifeMs = 3_600_000 } = options;
  const readClientClock = options.clientNow ?? Date.now;
  const tokenEndpoint = createTokenEndpoint({ clients, tokenLifeMs, readClientClock });
  const store = createEventStore();
  store.add(options.events ?? []);
  const cursors = createCursorSeal();
  const access: AccessContext = { tokens, tokenEndpoint, seenProofs: new Set(), readClientClock };
  const checkAnswer = createAnswerCheck();
  const countRequest = createLimits({ ...USUAL_LIMIT, ...options.rateLimit }, readClock);
  let support: SupportSetting = { ...SUPPORT_DISABLED, ...options.support };

  async function answer(asked: AskedRequest): Promise<Answer> {
    const { url, record, fault } = asked;
    if (fault?.kind === 'expired-token') tokenEndpoint.expireAll();
    const limit = countRequest(url.pathname);
    // Also where a fault takes its place: proofs and assertions were seen all the same, and must not come again.
    const said = await answerEndpoint(asked);
    const broken = answerFault(fault, limit.headers);
    if (broken !== null) return broken;
    const allowed = limit.isExceeded ? tooManyRequests() : said;
    checkAnswer({ endpoint: record.endpoint, answer: allowed, fault });
    return withHeaders(allowed, limit.headers);
  }

  async function answerEndpoint(asked: AskedRequest): Promise<Answer> {
    const { request, origin, url, record, body } = asked;
    const proof = headerOf(request, 'dpop');
    if (record.endpoint === 'other') {
      return oktaError(404, 'E0000007', `Not found: Resource not found: ${url.pathname}`);
    }
    if (record.endpoint === 'token') {
      return tokenEndpoint.answer({ form: new URLSearchParams(body), proof, origin });
    }
    const scope = record.endpoint === 'logs' ? 'okta.logs.read' : 'okta.orgs.read';
    const authorization = headerOf(request, 'authorization');
    const endpointUrl = `${origin}${url.pathname}`;
    const { method } = record;
    const allowed = await checkAccess(
      { method, url: endpointUrl, authorization, proof, scope },
      access,
    );
    if ('refusal' in allowed) return allowed.refusal;
    const { principal } = allowed;
    if (record.endpoint === 'support') return answerSupport(support, { principal, origin });
    if (record.endpoint === 'support-cases') return answerSupportCases(support, { principal });
    return answerLogQuery(asked, principal);
  }

  function answerLogQuery({ url, origin, fault }: AskedRequest, principal: Principal): Answer {
    if (principal.role === 'NONE') return oktaError(403, 'E0000006', FORBIDDEN);
    const context: LogsContext = {
      store,
      cursors,
      origin,
      nowMs: readClock(),
      retentionMs: (options.retentionDays ?? 90) * DAY_MS,
      edges: options.edges ?? 'inclusive',
    };
    return answerLogs(url.searchParams, context, fault?.kind === 'page' ? fault.page : {});
  }

  return {
    readClock,
    store,
    tokenEndpoint,
    answer,
    setSupport(change) {
      support = { ...support, ...change };
    },
  };
}

function createLimits(
  options: RateLimitOptions,
  readClock: () => number,
): (path: string) => RateLimitState {
  const limits = new Map<string, ReturnType<typeof createRateLimit>>();
  return (path) => {
    const limit = limits.get(path) ?? createRateLimit(options);
    limits.set(path, limit);
    return limit.count(readClock());
  };
}

function startClock(now: OrgOptions['now']): () => number {
  if (typeof now === 'function') return now;
  const startMs = typeof now === 'number' ? now : Date.parse(now);
  const startedMs = performance.now();
  return () => startMs + (performance.now() - startedMs);
}
