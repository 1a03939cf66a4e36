/** Why a check does not run that the tuning file switched off, and what makes it run. */
export function saySwitchedOff(id: string): { readonly reason: string; readonly remedy: string } {
  return {
    reason: 'It is switched off in the tuning file.',
    remedy: `remove enabled: false of ${id} from the tuning file`,
  };
}
