import {
  type Comparison,
  type TextPlace,
  TIME_UNITS,
  type TimeUnit,
} from '../expression/detection-expression.ts';

/** Changes a value's text before it is compared; applied in the order written. */
const ENCODINGS = [
  'wide',
  'utf16le',
  'utf16be',
  'utf16',
  'base64',
  'base64offset',
  'windash',
] as const;
export type Encoding = (typeof ENCODINGS)[number];

/** What kind of thing the value is taken for. */
type ValueKind = 'text' | 'regex' | 'cidr' | 'exists' | 'fieldref' | 'number' | 'time';

/** A chain of modifiers, checked and sorted by what each decides. */
export interface Modifiers {
  readonly kind: ValueKind;
  readonly place: TextPlace;
  readonly encodings: readonly Encoding[];
  readonly comparison: Comparison;
  readonly timeUnit: TimeUnit;
  readonly regexFlags: string;
  readonly cased: boolean;
  readonly all: boolean;
  readonly neq: boolean;
  readonly expand: boolean;
}

export type ParsedModifiers =
  | { readonly ok: true; readonly modifiers: Modifiers }
  | { readonly ok: false; readonly message: string };

type Draft = { -readonly [Key in keyof Modifiers]: Modifiers[Key] } & { encodings: Encoding[] };

const PLACES: Readonly<Record<string, TextPlace>> = {
  contains: 'anywhere',
  startswith: 'start',
  endswith: 'end',
};
const KINDS: Readonly<Record<string, ValueKind>> = {
  re: 'regex',
  cidr: 'cidr',
  exists: 'exists',
  fieldref: 'fieldref',
};
const COMPARISON_NAMES: readonly string[] = ['lt', 'lte', 'gt', 'gte'];
const REGEX_FLAGS: Readonly<Record<string, string>> = {
  i: 'i',
  ignorecase: 'i',
  m: 'm',
  multiline: 'm',
  s: 's',
  dotall: 's',
};

/**
 * Reads the modifiers behind a field name.
 * Source: Sigma modifiers appendix 2.1.0; the long names of the flags of `re` are those of pySigma.
 */
export function parseModifiers(names: readonly string[]): ParsedModifiers {
  const draft: Draft = {
    kind: 'text',
    place: 'whole',
    encodings: [],
    comparison: 'eq',
    timeUnit: 'hour',
    regexFlags: '',
    cased: false,
    all: false,
    neq: false,
    expand: false,
  };
  for (const name of names) {
    const message = applyModifier(draft, name);
    if (message !== null) return { ok: false, message };
  }
  const message = findConflict(draft);
  return message === null ? { ok: true, modifiers: draft } : { ok: false, message };
}

/** Gives what is wrong, or null. */
function applyModifier(draft: Draft, name: string): string | null {
  const place = lookUp(PLACES, name);
  if (place !== undefined) return setPlace(draft, place, name);
  const kind = lookUp(KINDS, name);
  if (kind !== undefined) return setKind(draft, kind, name);
  if (COMPARISON_NAMES.includes(name)) return setComparison(draft, name as Comparison);
  if ((TIME_UNITS as readonly string[]).includes(name)) {
    draft.timeUnit = name as TimeUnit;
    return setKind(draft, 'time', name);
  }
  const flag = lookUp(REGEX_FLAGS, name);
  if (flag !== undefined) {
    if (draft.kind !== 'regex') return `The modifier ${name} stands only behind re.`;
    draft.regexFlags += flag;
    return null;
  }
  if ((ENCODINGS as readonly string[]).includes(name)) return addEncoding(draft, name as Encoding);
  if (name === 'cased' || name === 'all' || name === 'neq' || name === 'expand') {
    draft[name] = true;
    return null;
  }
  return `The modifier "${name}" is unknown.`;
}

function lookUp<Value>(table: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

function setPlace(draft: Draft, place: TextPlace, name: string): string | null {
  if (draft.place !== 'whole' && draft.place !== place) {
    return `The modifier ${name} contradicts the one before it.`;
  }
  draft.place = place;
  return null;
}

function setKind(draft: Draft, kind: ValueKind, name: string): string | null {
  if (draft.kind !== 'text') return `The modifier ${name} contradicts the one before it.`;
  draft.kind = kind;
  return null;
}

function setComparison(draft: Draft, comparison: Comparison): string | null {
  if (draft.comparison !== 'eq') return `The modifier ${comparison} contradicts the one before it.`;
  draft.comparison = comparison;
  return draft.kind === 'time' ? null : setKind(draft, 'number', comparison);
}

function addEncoding(draft: Draft, encoding: Encoding): string | null {
  if (draft.place !== 'whole' && encoding !== 'windash') {
    return `The modifier ${encoding} must stand before contains, startswith and endswith.`;
  }
  draft.encodings.push(encoding);
  return null;
}

function findConflict(draft: Draft): string | null {
  const { kind } = draft;
  const takesText = kind === 'text';
  if (!takesText && draft.encodings.length > 0)
    return `An encoding cannot be combined with ${kind}.`;
  if (!takesText && kind !== 'fieldref' && draft.place !== 'whole') {
    return `contains, startswith and endswith cannot be combined with ${kind}.`;
  }
  if (!takesText && kind !== 'fieldref' && draft.cased)
    return `cased cannot be combined with ${kind}.`;
  if (!takesText && kind !== 'cidr' && draft.expand)
    return `expand cannot be combined with ${kind}.`;
  if (kind === 'exists' && (draft.all || draft.neq)) return 'exists stands alone.';
  return null;
}
