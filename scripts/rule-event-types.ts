import type { PackEntry } from './read-rule-pack.ts';

/** The event types that a rule's text names: exact ones, and beginnings written with `startswith`. */
interface NamedEventTypes {
  readonly exact: readonly string[];
  readonly beginnings: readonly string[];
}

/** Collects the event types named in the detections of a folder, those under `not` included; each once, sorted. */
export function namedEventTypes(entry: PackEntry): NamedEventTypes {
  const exact = new Set<string>();
  const beginnings = new Set<string>();
  for (const document of [entry.rule, ...entry.bases]) {
    for (const [field, values] of fieldsOf(document.detection)) {
      if (field === 'eventType') addTexts(exact, values);
      if (field === 'eventType|startswith') addTexts(beginnings, values);
    }
  }
  return { exact: [...exact].sort(), beginnings: [...beginnings].sort() };
}

/** Every field with its modifiers and value, however deep it stands in a detection. */
export function fieldsOf(detection: unknown): [field: string, value: unknown][] {
  if (Array.isArray(detection)) return detection.flatMap(fieldsOf);
  if (typeof detection !== 'object' || detection === null) return [];
  return Object.entries(detection).flatMap(([key, value]): [string, unknown][] => {
    const inner = fieldsOf(value);
    return inner.length > 0 ? inner : [[key, value]];
  });
}

function addTexts(texts: Set<string>, values: unknown): void {
  for (const value of [values].flat()) if (typeof value === 'string') texts.add(value);
}
