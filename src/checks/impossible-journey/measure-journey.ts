import { isRecord, type LogEvent } from '../../model/log-event.ts';
import { HOUR_MS } from '../../model/time-window.ts';

/** Where an address is thought to be, in degrees. */
export interface Point {
  readonly latitude: number;
  readonly longitude: number;
}

/** Somebody was somewhere then; null where only the country is told. */
export interface Moment {
  readonly publishedMs: number;
  readonly point: Point | null;
}

/** No airliner is faster. */
const FASTEST_KM_PER_HOUR = 900;
/** Nobody is in another country so soon, border towns aside: for records that tell the country alone. */
const SOON_MS = 2 * HOUR_MS;

const EARTH_RADIUS_KM = 6371;

export function readPoint(event: LogEvent): Point | null {
  const { client } = event.raw;
  const geography = isRecord(client) ? client['geographicalContext'] : null;
  const location = isRecord(geography) ? geography['geolocation'] : null;
  if (!isRecord(location)) return null;
  const latitude = toDegrees(location['lat']);
  const longitude = toDegrees(location['lon']);
  if (latitude === null || longitude === null) return null;
  // What nobody knows is written as the origin too.
  return latitude === 0 && longitude === 0 ? null : { latitude, longitude };
}

/** Some exports write numbers as text. */
function toDegrees(value: unknown): number | null {
  const number = typeof value === 'string' && value !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : null;
}

/** True where nobody gets from the one place to the other, in another country, in the time between. */
export function isImpossible(one: Moment, other: Moment): boolean {
  const betweenMs = Math.abs(one.publishedMs - other.publishedMs);
  if (one.point === null || other.point === null) return betweenMs < SOON_MS;
  return measureKm(one.point, other.point) > (betweenMs / HOUR_MS) * FASTEST_KM_PER_HOUR;
}

/** Along the great circle. */
export function measureKm(one: Point, other: Point): number {
  const [fromLatitude, toLatitude] = [toRadians(one.latitude), toRadians(other.latitude)];
  const byLatitude = Math.sin((toLatitude - fromLatitude) / 2) ** 2;
  const byLongitude = Math.sin(toRadians(other.longitude - one.longitude) / 2) ** 2;
  const chord = byLatitude + Math.cos(fromLatitude) * Math.cos(toLatitude) * byLongitude;
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.sqrt(Math.min(1, chord)));
}

function toRadians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}
