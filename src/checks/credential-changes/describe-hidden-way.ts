import {
  collectTexts,
  isRecord,
  type LogEvent,
  readActor,
  readText,
} from '../../model/log-event.ts';
import { keyOf } from '../name-party.ts';
import { readIsProxy } from '../read-origin.ts';
import { readProgram } from '../read-program.ts';

/** In the text of `tunnels`: `[{"anonymous":true,"operator":"EXAMPLE_VPN","type":"VPN"}]`. */
const OPERATOR = /"operator"\s*:\s*"([^"]+)"/g;

/** How somebody came who was hidden. */
export interface HiddenWay {
  /** The same text for the same way. */
  readonly way: string;
  /** What is one question: the services, as many people use the same one, and who it is in the Admin Console. */
  readonly alike: readonly string[];
}

/**
 * The same text for a person who comes through the same hiding services and by the same browser, whatever the exit. Null for
 * what can be no habit: Tor, which hides everybody alike, a device that Okta takes for new, and what names no service.
 */
export function describeHiddenWay(event: LogEvent, services: readonly string[]): string | null {
  if (!readIsProxy(event) || isByTor(event)) return null;
  const person = keyOf(readActor(event));
  const program = readProgram(event);
  if (person === null || program === null || services.length === 0) return null;
  if (isOnNewDevice(event)) return null;
  return JSON.stringify([person, services, program, isAnonymous(event)]);
}

/** A proxy that does not hide is asked about by nobody, so that it makes no habit of hiding. */
function isAnonymous(event: LogEvent): boolean {
  if (/"anonymous"\s*:\s*true/i.test(readTunnels(event))) return true;
  const security = event.raw['securityContext'];
  const details = isRecord(security) ? security['ipDetails'] : null;
  const services = isRecord(details) ? details['ipServiceCategories'] : null;
  const listed = Array.isArray(services) ? services : [services];
  return listed.some((one) => isRecord(one) && String(one['isAnonymous']) === 'true');
}

/** The services that hid somebody, as Okta names them. */
export function listOperators(event: LogEvent): string[] {
  const operators = new Set<string>();
  for (const [, operator] of readTunnels(event).matchAll(OPERATOR)) operators.add(operator ?? '');
  collectTexts(event, 'securityContext.ipDetails.ipServiceCategories.operator', operators);
  return [...operators].sort();
}

function readTunnels(event: LogEvent): string {
  return readText(event, 'debugContext.debugData.tunnels') ?? '';
}

function isByTor(event: LogEvent): boolean {
  const kinds = new Set<string>();
  collectTexts(event, 'securityContext.ipDetails.ipServiceCategories.type', kinds);
  collectTexts(event, 'debugContext.debugData.proxyType', kinds);
  return [...kinds].some((kind) => /tor/i.test(kind)) || /"TOR/i.test(readTunnels(event));
}

/** Okta tells it in one of three ways. */
function isOnNewDevice(event: LogEvent): boolean {
  const behaviors = readText(event, 'debugContext.debugData.behaviors') ?? '';
  const logged = readText(event, 'debugContext.debugData.logOnlySecurityData') ?? '';
  if (behaviors.includes('New Device=POSITIVE')) return true;
  if (/"New Device"\s*:\s*"POSITIVE"/.test(logged)) return true;
  const security = event.raw['securityContext'];
  const listed = isRecord(security) ? security['userBehaviors'] : null;
  if (!Array.isArray(listed)) return false;
  return listed.some(
    (each) => isRecord(each) && each['name'] === 'New Device' && each['result'] === 'POSITIVE',
  );
}
