import { TICKABLE_ID } from '../../model/finding-id.ts';
import { formatInstant } from '../../model/time-window.ts';

/** Everything that a diagram of ours may say, which never claims a grant that may not have been read; text from a log or a file never reaches one. */
export const MERMAID_LABELS = {
  window: 'Window',
  core: 'Core window',
  support: 'Support access',
  used: 'Open and used',
  unused: 'Open, not used',
  unread: 'Open, not all was read',
  ongoing: 'Open now',
  session: 'Impersonation session',
  findings: 'Findings',
} as const;
export type MermaidLabel = keyof typeof MERMAID_LABELS;

export function mermaidLabel(label: MermaidLabel): string {
  return MERMAID_LABELS[label];
}

/** The id of a finding as a label, or null for anything that is not one. */
export function mermaidId(id: string): string | null {
  return TICKABLE_ID.test(id) ? id : null;
}

/** `2022-01-18T14:05`, for `dateFormat YYYY-MM-DDTHH:mm`. */
export function mermaidTime(instantMs: number): string {
  return formatInstant(instantMs).slice(0, 16);
}
