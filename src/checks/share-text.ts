/** Gives the first copy of a text, so that a million rows about the same people hold their names once. */
export type ShareText = (text: string) => string;

export function createShareText(): ShareText {
  const copies = new Map<string, string>();
  return (text) => {
    const copy = copies.get(text);
    if (copy !== undefined) return copy;
    copies.set(text, text);
    return text;
  };
}

export function shareIfAny(text: string | null, share: ShareText): string | null {
  return text === null ? null : share(text);
}
