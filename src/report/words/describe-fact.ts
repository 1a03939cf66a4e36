import type { FactValue } from '../../model/match.ts';

/** `firstSignInAfterMinutes` and `first-sign-in` as words: `first sign in after minutes`. */
export function describeFactName(name: string): string {
  return name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/[_-]+/g, ' ')
    .toLowerCase();
}

export function describeFactValue(value: FactValue): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return typeof value === 'object' ? value.join(', ') : String(value);
}
