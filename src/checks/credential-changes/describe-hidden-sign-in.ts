import {
  collectTexts,
  isRecord,
  type LogEvent,
  readActor,
  readTargets,
  readText,
} from '../../model/log-event.ts';
import { keyOf } from '../name-party.ts';
import { readAsn, readIsProxy, readOrigin } from '../read-origin.ts';
import { readProgram } from '../read-program.ts';

export const HIDDEN_SIGN_IN_TYPE = 'user.session.start';
/** Somebody is in the Admin Console. */
export const CONSOLE_TYPE = 'user.session.access_admin_app';
/** Somebody is asked to sign in for an app. */
const ASKED_TYPE = 'policy.evaluate_sign_on';
const CONSOLE_NAMES: readonly string[] = ['Okta Admin Console', 'Okta Administration'];

/** In the text of `tunnels`: `[{"anonymous":true,"operator":"EXAMPLE_VPN","type":"VPN"}]`. */
const OPERATOR = /"operator"\s*:\s*"([^"]+)"/g;

interface HiddenSignIn {
  readonly way: string;
  /** What is one question: the services, as many people use the same one, and who it is in the Admin Console. */
  readonly alike: readonly string[];
}

/**
 * `way` is the same text for sign-ins of one person through the same hiding service and by the same browser, whatever the exit.
 * Null for what can be no habit: Tor, which hides everybody alike, a device that Okta takes for new, and what names
 * neither service nor network.
 */
export function describeHiddenSignIn(event: LogEvent): HiddenSignIn | null {
  if (event.eventType !== HIDDEN_SIGN_IN_TYPE) return null;
  const operators = listOperators(event);
  const services = operators.length === 0 ? listNetwork(event) : operators;
  const way = describeWay(event, services);
  return way === null ? null : { way, alike: services };
}

/**
 * The like for a way into the Admin Console, or the question before it. More depends on it: the country of the exit has to
 * be the same, and a network alone, behind which residential proxies hide as well, is no service.
 */
export function describeHiddenConsole(event: LogEvent): HiddenSignIn | null {
  if (event.eventType !== CONSOLE_TYPE && !isAskedForConsole(event)) return null;
  const { country } = readOrigin(event);
  const way = country === null ? null : describeWay(event, listOperators(event));
  const person = keyOf(readActor(event));
  if (way === null || person === null) return null;
  return { way: JSON.stringify(['console', country, way]), alike: [person] };
}

function isAskedForConsole(event: LogEvent): boolean {
  return (
    event.eventType === ASKED_TYPE &&
    readTargets(event).some(
      ({ type, name }) => type === 'AppInstance' && CONSOLE_NAMES.includes(name ?? ''),
    )
  );
}

function describeWay(event: LogEvent, services: readonly string[]): string | null {
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

function listOperators(event: LogEvent): string[] {
  const operators = new Set<string>();
  for (const [, operator] of readTunnels(event).matchAll(OPERATOR)) operators.add(operator ?? '');
  collectTexts(event, 'securityContext.ipDetails.ipServiceCategories.operator', operators);
  return [...operators].sort();
}

function listNetwork(event: LogEvent): string[] {
  const asn = readAsn(event);
  return asn === null ? [] : [`AS${asn}`];
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
