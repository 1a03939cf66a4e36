import { isRecord, type LogEvent } from '../../model/log-event.ts';
import { isTelling, readAddress } from '../read-origin.ts';

/** An address of `request.ipChain` that is not the one that Okta took for the client's. */
export interface ForwardedAddress {
  readonly address: string;
  /** Behind the client's own: a proxy that a network zone trusts. Before it, client and proxies write what they like. */
  readonly isTrustedProxy: boolean;
}

/**
 * The chain is `(client, proxy, proxy, …)`, and Okta takes for the client's address the last one in it that no network zone lists
 * as a proxy. Null where the record has no chain, as Okta's all have, be it an empty one. Source: https://support.okta.com/help/s/article/okta-evaluation-of-client-ip-addresses-from-an-ip-chain
 */
export function readForwarded(event: LogEvent): ForwardedAddress[] | null {
  const chain = readChain(event);
  if (chain === null) return null;
  const own = readAddress(event);
  const ownAt = own === null ? chain.length : chain.lastIndexOf(own);
  return chain.flatMap((address, at) =>
    address === own ? [] : { address, isTrustedProxy: ownAt >= 0 && at > ownAt },
  );
}

/**
 * Some proxies add the port from which they were called; IPv6 stands in brackets then.
 * Source: https://learn.microsoft.com/en-us/azure/application-gateway/how-application-gateway-works
 */
const WITH_PORT = /^(?:([\d.]+):\d+|\[([\da-f:.]+)\](?::\d+)?)$/i;

function readChain({ raw }: LogEvent): string[] | null {
  const { request } = raw;
  const hops = isRecord(request) ? request['ipChain'] : undefined;
  if (!Array.isArray(hops)) return null;
  return hops.flatMap((hop) => {
    const ip = isRecord(hop) ? hop['ip'] : hop;
    return typeof ip === 'string' && isTelling(ip) ? dropPort(ip) : [];
  });
}

function dropPort(hop: string): string {
  const [, version4, version6] = WITH_PORT.exec(hop) ?? [];
  return version4 ?? version6 ?? hop;
}
