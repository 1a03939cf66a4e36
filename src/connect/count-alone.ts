import type { Outputs } from './to-outputs.ts';

/** All that is printed of an answer where others can read what is printed. */
export function countAlone(outputs: Outputs): string {
  const shown = ['verdict', 'coverage', 'finding-count', 'new-finding-count'] as const;
  return shown.map((name) => `${name}: ${outputs[name]}`).join(', ');
}
