import { AuditError } from '../../../errors.ts';
import type { OktaRuntime } from './okta-runtime.ts';

/**
 * The proxy to reach an origin through, or null for none.
 * `https_proxy` counts for https alone, its lower-case spelling first; `no_proxy` holds hosts and domains separated by
 * commas, or `*`. Loopback is never sent to a proxy.
 * @throws AuditError okta-unreachable where the proxy that counts is no URL.
 */
export function chooseProxy(origin: URL, env: OktaRuntime['env']): URL | null {
  if (origin.protocol !== 'https:' || isLoopback(origin.hostname)) return null;
  const proxy = env['https_proxy'] || env['HTTPS_PROXY'];
  if (!proxy) return null;
  const exceptions = (env['no_proxy'] || env['NO_PROXY'] || '').split(',');
  if (exceptions.some((exception) => isExcepted(origin, exception.trim().toLowerCase())))
    return null;
  return parseProxy(proxy);
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\./.test(hostname);
}

function isExcepted(origin: URL, exception: string): boolean {
  if (exception === '') return false;
  if (exception === '*') return true;
  const [host = '', port] = exception.replace(/^\*?\./, '').split(':');
  if (port !== undefined && port !== (origin.port || '443')) return false;
  return origin.hostname === host || origin.hostname.endsWith(`.${host}`);
}

/** A proxy is often written without its scheme. */
function parseProxy(proxy: string): URL {
  const text = /^[a-z][a-z0-9+.-]*:\/\//i.test(proxy) ? proxy : `http://${proxy}`;
  if (URL.canParse(text)) return new URL(text);
  throw new AuditError({
    code: 'okta-unreachable',
    message: 'The proxy in the environment variable https_proxy is not a URL.',
    hint: 'Set https_proxy to something like http://proxy.example:3128, or take it away.',
  });
}
