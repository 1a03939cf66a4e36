import { type LogEvent, readText } from '../model/log-event.ts';

/** Says whether a telephone or a tablet did something, as far as it does not pose as a computer. */
export function isByTelephone(event: LogEvent): boolean {
  const device = readText(event, 'client.device');
  const os = readText(event, 'client.userAgent.os') ?? '';
  return device === 'Mobile' || device === 'Tablet' || /android|ios|iphone|ipad/i.test(os);
}
