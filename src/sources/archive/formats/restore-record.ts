import { isRecord } from '../../../model/log-event.ts';

/** `debugData` of `debug_data`; names that are camel case already stay. */
export function toCamelCase(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** The same value with every key renamed, at all depths. */
export function renameKeys(value: unknown, rename: (key: string) => string): unknown {
  if (Array.isArray(value)) return value.map((element) => renameKeys(element, rename));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [rename(key), renameKeys(inner, rename)]),
  );
}

/** Builds objects from flat keys, `a.b` becoming b in a; where a key is both text and object, the object wins. */
export function nestKeys(
  entries: Iterable<readonly [path: readonly string[], value: unknown]>,
): Record<string, unknown> {
  const root: Record<string, unknown> = {};
  for (const [path, value] of entries) {
    let place = root;
    for (const key of path.slice(0, -1)) {
      const inner = Object.hasOwn(place, key) ? place[key] : undefined;
      if (isRecord(inner)) place = inner;
      else place = setOwn(place, key, {});
    }
    const last = path.at(-1);
    if (last !== undefined && !(Object.hasOwn(place, last) && isRecord(place[last]))) {
      setOwn(place, last, value);
    }
  }
  return root;
}

/** Lays one object over another, at all depths. */
export function overlay(under: unknown, over: unknown): unknown {
  if (!isRecord(under) || !isRecord(over)) return over === undefined ? under : over;
  const merged = { ...under };
  for (const [key, value] of Object.entries(over)) {
    setOwn(merged, key, overlay(Object.hasOwn(under, key) ? under[key] : undefined, value));
  }
  return merged;
}

/** Drops what is undefined, null or empty text, and objects that hold nothing else. */
export function dropEmpty(value: Record<string, unknown>): Record<string, unknown> {
  const kept = Object.entries(value)
    .map(([key, inner]) => [key, isRecord(inner) ? dropEmpty(inner) : inner] as const)
    .filter(([, inner]) => inner !== undefined && inner !== null && inner !== '')
    .filter(([, inner]) => !isRecord(inner) || Object.keys(inner).length > 0);
  return Object.fromEntries(kept);
}

/** Sets a key as the object's own, also one called `__proto__`. */
function setOwn<T>(place: Record<string, unknown>, key: string, value: T): T {
  Object.defineProperty(place, key, {
    value,
    enumerable: true,
    configurable: true,
    writable: true,
  });
  return value;
}
