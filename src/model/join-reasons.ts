/** Why a check is not `evaluated`, or what qualifies it, as one text; null where nothing needs saying. */
export function joinReasons(reasons: readonly string[]): string | null {
  return reasons.length === 0 ? null : reasons.join('; ');
}
