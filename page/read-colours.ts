const NAMES = [
  'text',
  'page',
  'soft',
  'line',
  'critical',
  'high',
  'medium',
  'low',
  'informational',
  'support',
  'support-used',
  'session',
  'hole',
  'side-hole',
  'changes',
  'sign-ins',
  'other',
  'frame',
] as const;
type Colours = Record<(typeof NAMES)[number], string>;

let known: { scheme: boolean; colours: Colours } | null = null;

/** The colours of the style sheet for the reader's colour scheme, for what is drawn on a canvas. */
export function readColours(): Colours {
  const scheme = window.matchMedia('(prefers-color-scheme: dark)').matches;
  if (known?.scheme === scheme) return known.colours;
  const style = getComputedStyle(document.documentElement);
  const colours = Object.fromEntries(
    NAMES.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]),
  ) as Colours;
  known = { scheme, colours };
  return colours;
}
