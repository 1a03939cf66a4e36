/** Says whether a dotted field is another one, or stands inside of it: what lacks a part lacks all that is in there. */
export function isWithinField(field: string, whole: string): boolean {
  return field === whole || field.startsWith(`${whole}.`);
}
