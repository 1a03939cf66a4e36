import { isRecord, type RawEvent } from '../../../model/log-event.ts';

/** A flag as stores of tables keep it: as a bit, by one letter, or as a number that may be missing elsewhere. */
const FLAGS: ReadonlyMap<string, boolean> = new Map([
  ...['1', '1.0', 't', 'y', 'yes'].map((word) => [word, true] as const),
  ...['0', '0.0', 'f', 'n', 'no'].map((word) => [word, false] as const),
]);
/** `64,496` on a screen, `64496.0` where others of the column are missing, `6.4496E4` in Java. */
const NUMBER = /^(?:AS)?(\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?(?:E\+?\d+)?)$/i;
const DIGITS = /^\d+$/;
/** Of IPv6 with its network and blanks around it: what is longer is none, and a hostile one would cost the square of its length. */
export const LONGEST_ADDRESS = 64;
/** An address as a network of itself, as PostgreSQL writes it. */
const OF_ONE = /^\s*(?:(\d+(?:\.\d+){3})(?:\/32)?|([\da-f:.]*:[\da-f:.]*)(?:\/128)?)\s*$/i;

/**
 * Gives a record whose address, number of a network and flag of a proxy are as Okta writes them: no list of addresses would hold
 * another spelling, and what is flagged with a 1 would be no proxy. A record that is right already is given back as it is.
 * Source: https://www.postgresql.org/docs/current/functions-net.html
 */
export function settleNetwork(record: unknown): unknown {
  if (!isRecord(record)) return record;
  const { client, securityContext } = record;
  const settledClient = isRecord(client) ? settle(client, 'ipAddress', settleAddress) : client;
  const settledContext = isRecord(securityContext)
    ? settle(settle(securityContext, 'isProxy', settleFlag), 'asNumber', settleNumber)
    : securityContext;
  if (settledClient === client && settledContext === securityContext) return record;
  return { ...record, client: settledClient, securityContext: settledContext };
}

function settle(part: RawEvent, name: string, settleValue: (value: unknown) => unknown): RawEvent {
  const value = part[name];
  const settled = settleValue(value);
  return settled === value ? part : { ...part, [name]: settled };
}

function settleFlag(flag: unknown): unknown {
  if (typeof flag !== 'string' && typeof flag !== 'number') return flag;
  return FLAGS.get(String(flag).trim().toLowerCase()) ?? flag;
}

function settleNumber(number: unknown): unknown {
  if (typeof number !== 'string' || DIGITS.test(number)) return number;
  const [, told] = NUMBER.exec(number.trim()) ?? [];
  if (told === undefined) return number;
  const settled = Number(told.replaceAll(',', ''));
  return Number.isSafeInteger(settled) ? settled : number;
}

function settleAddress(address: unknown): unknown {
  if (typeof address !== 'string' || address.length > LONGEST_ADDRESS) return address;
  if (!/[/\s]/.test(address)) return address;
  const [, four, six] = OF_ONE.exec(address) ?? [];
  return four ?? six ?? address;
}
