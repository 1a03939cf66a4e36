import { isRecord } from '../model/log-event.ts';
import type { SigmaDocument } from './sigma-document.ts';

/** Whether a rule or filter is about Okta's log, and what to tell its author where it is not. */
export type LogsourceJudgement =
  | { readonly kind: 'okta' }
  /** About another product: it does not run, and nothing is missing by that. */
  | { readonly kind: 'foreign'; readonly message: string }
  /** Nobody knows what it is about, or it is about Okta and names what is not there. */
  | { readonly kind: 'unclear'; readonly message: string };

/** Reads the logsource of a document. Source: the specification, and the taxonomy's `product: okta`, `service: okta`. */
export function judgeLogsource({ content }: SigmaDocument): LogsourceJudgement {
  const { logsource } = content;
  const named = isRecord(logsource)
    ? ['product', 'service', 'category'].flatMap(textsIn(logsource))
    : [];
  if (!isRecord(logsource) || named.length === 0) {
    return {
      kind: 'unclear',
      message:
        'It names no logsource, so that nobody knows whether it is about Okta; write logsource: {product: okta}.',
    };
  }
  const product = textOf(logsource['product']);
  const service = textOf(logsource['service']);
  // Public rules of 2021 name the service alone.
  if (product === null && service === 'okta') return { kind: 'okta' };
  if (product !== 'okta') {
    return { kind: 'foreign', message: `It is not an Okta rule (${named.join(', ')}).` };
  }
  if (service === null || service === 'okta' || service === 'system') return { kind: 'okta' };
  return {
    kind: 'unclear',
    message: `Okta's log is not called ${service}; write service: okta, or leave the service out.`,
  };
}

function textsIn(logsource: Readonly<Record<string, unknown>>): (key: string) => string[] {
  return (key) => {
    const text = textOf(logsource[key]);
    return text === null ? [] : [`${key}: ${text}`];
  };
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value.toLowerCase() : null;
}
