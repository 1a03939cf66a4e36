/** A field of a selection with its modifiers and values, as a rule writes them. */
export interface PlainTest {
  readonly field: string;
  readonly modifiers: readonly string[];
  readonly values: readonly (string | number | boolean | null)[];
}

/** Reads the page of the semantics sentence by sentence and with no thought of speed. */
export function meetsPlainly(event: unknown, { field, modifiers, values }: PlainTest): boolean {
  const found = find(event, field.replaceAll(/\[(\d+)\]/g, '.$1').split('.'));
  const leaves = found.flatMap(flatten).filter(isLeaf).map(String);
  if (modifiers.includes('exists')) return found.length > 0 === values[0];
  if (modifiers.includes('fieldref')) return meetsReference({ event, leaves, modifiers, values });
  const tests = values.map((value) =>
    value === null
      ? found.flatMap(flatten).every((one) => one === null)
      : leaves.some((leaf) => meetsValue(leaf, { modifiers, value })),
  );
  const meets = modifiers.includes('all') ? tests.every(Boolean) : tests.some(Boolean);
  return meets !== modifiers.includes('neq');
}

/** What stands at a path: it branches at lists, and a null or missing parent gives nothing. */
function find(value: unknown, path: readonly string[], isTargets = false): unknown[] {
  const [key, ...rest] = path;
  if (key === undefined) return [value];
  if (Array.isArray(value)) {
    if (/^\d+$/.test(key)) return Number(key) < value.length ? find(value[Number(key)], rest) : [];
    return value.flatMap((inner) => find(inner, path, isTargets));
  }
  if (typeof value !== 'object' || value === null) return [];
  const record = value as Readonly<Record<string, unknown>>;
  const isType = isTargets && /^[A-Z]/.test(key);
  if (isType) return record['type'] === key ? find(value, rest) : [];
  return Object.hasOwn(record, key) ? find(record[key], rest, key === 'target') : [];
}

function flatten(value: unknown): unknown[] {
  return Array.isArray(value) ? value.flatMap(flatten) : [value];
}

function isLeaf(value: unknown): boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}

function meetsValue(
  leaf: string,
  { modifiers, value }: { modifiers: readonly string[]; value: string | number | boolean },
): boolean {
  const comparison = ['lt', 'lte', 'gt', 'gte'].find((name) => modifiers.includes(name));
  if (comparison !== undefined) return compare(leaf, comparison, Number(value));
  if (modifiers.includes('re'))
    return new RegExp(String(value), modifiers.includes('i') ? 'i' : '').test(leaf);
  const body = toRegex(String(value));
  const front = modifiers.some((name) => name === 'contains' || name === 'endswith') ? '' : '^';
  const end = modifiers.some((name) => name === 'contains' || name === 'startswith') ? '' : '$';
  const isCased = modifiers.includes('cased');
  const fold = (text: string): string => (isCased ? text : text.toLowerCase());
  return new RegExp(`${front}${fold(body)}${end}`, 'su').test(fold(leaf));
}

function compare(leaf: string, comparison: string, bound: number): boolean {
  let number: unknown;
  try {
    number = JSON.parse(leaf);
  } catch {
    return false;
  }
  if (typeof number !== 'number' || leaf.trim() !== leaf) return false;
  if (number === bound) return comparison.endsWith('e');
  return comparison.startsWith('l') ? number < bound : number > bound;
}

/** `*` and `?` with a backslash that escapes them and itself; in lower case it means the same. */
function toRegex(value: string): string {
  return value.replaceAll(/\\([*?\\])|([*])|([?])|(.)/gs, (_, escaped, any, one, plain) => {
    if (any !== undefined) return '.*';
    if (one !== undefined) return '.';
    return String(escaped ?? plain).replaceAll(/[$()*+.?[\\\]^{|}]/g, '\\$&');
  });
}

function meetsReference({
  event,
  leaves,
  modifiers,
  values,
}: {
  readonly event: unknown;
  readonly leaves: readonly string[];
  readonly modifiers: readonly string[];
  readonly values: PlainTest['values'];
}): boolean {
  const others = values
    .flatMap((value) => find(event, String(value).split('.')))
    .flatMap(flatten)
    .filter(isLeaf)
    .map(String);
  if (leaves.length === 0 || others.length === 0) return false;
  const meets = leaves.some((leaf) =>
    others.some((other) => {
      if (modifiers.includes('startswith'))
        return leaf.toLowerCase().startsWith(other.toLowerCase());
      return leaf.toLowerCase() === other.toLowerCase();
    }),
  );
  return meets !== modifiers.includes('neq');
}
