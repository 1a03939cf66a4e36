import type { GitHubRequest } from './github-rules.ts';

/** What goes wrong with a request, or happens around it. */
export type FaultEffect =
  /** GitHub answers this and does nothing. */
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly message?: string;
      readonly headers?: Readonly<Record<string, string>>;
      /** Said instead of a refusal with the message. */
      readonly body?: unknown;
    }
  /** The connection breaks before GitHub has done anything. */
  | { readonly kind: 'reset' }
  /** GitHub does what was asked, but its answer is lost. */
  | { readonly kind: 'lost-answer' }
  /** GitHub does what was asked, but the connection breaks in the middle of its answer. */
  | { readonly kind: 'half-answer' }
  /** GitHub never answers. */
  | { readonly kind: 'silence' }
  /** GitHub answers 200 and keeps the body that it had. */
  | { readonly kind: 'old-body' }
  /** Somebody does something between the arrival of the request and its execution. */
  | { readonly kind: 'before'; act(): Promise<unknown> }
  /** Somebody does something between the execution of the request and its answer. */
  | { readonly kind: 'after'; act(): Promise<unknown> };

export interface Fault {
  readonly method?: string;
  /** Tested against path and query. */
  readonly path?: RegExp;
  /** How many requests that fit pass unharmed first; 0 without it. */
  readonly skip?: number;
  /** How many requests it hits; 1 without it. */
  readonly times?: number;
  readonly effect: FaultEffect;
}

export interface FaultQueue {
  add(fault: Fault): void;
  /** The effects that this request meets, in the order in which the faults were added. */
  take(request: GitHubRequest): FaultEffect[];
  clear(): void;
}

export function createFaultQueue(): FaultQueue {
  let waiting: { fault: Fault; skip: number; times: number }[] = [];

  function take(request: GitHubRequest): FaultEffect[] {
    const effects: FaultEffect[] = [];
    for (const entry of waiting) {
      if (!fits(entry.fault, request)) continue;
      if (entry.skip > 0) {
        entry.skip -= 1;
        continue;
      }
      entry.times -= 1;
      effects.push(entry.fault.effect);
    }
    waiting = waiting.filter((entry) => entry.times > 0);
    return effects;
  }

  return {
    add: (fault) => {
      waiting.push({ fault, skip: fault.skip ?? 0, times: fault.times ?? 1 });
    },
    take,
    clear: () => {
      waiting = [];
    },
  };
}

/** GitHub's answer to too much at once; it says itself how long to wait. */
export function secondaryRateLimit(retryAfterSeconds: number): FaultEffect {
  return {
    kind: 'answer',
    status: 403,
    message:
      'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
    headers: { 'retry-after': String(retryAfterSeconds) },
  };
}

function fits(fault: Fault, request: GitHubRequest): boolean {
  if (fault.method !== undefined && fault.method !== request.method) return false;
  return fault.path === undefined || fault.path.test(request.path);
}
