/** `[2022-01-16 10:00:00]` or `[pod/okta-0]`, and no list of JSON objects. */
const BRACKETS = String.raw`\[[^\s"{}[\]\\\0][^"{}[\]\\\0]*\]`;
/** Nothing that a torn record would have. */
const WORDS = String.raw`[^"{}\\\0]*`;
/** `[origin@1 ip="192.0.2.1"]`, as syslog gives structured data. */
const STRUCTURED_DATA = String.raw`\[[^\s"{}[\]\\\0]+(?: [^\s"=]+="[^"\\]*"){1,99}\]`;
/** `{job="okta"}`, as logcli gives labels; no JSON begins so. */
const LABELS = String.raw`\{(?:[\w.]+="[^"\\]*",? ?){0,99}\}`;
/**
 * What syslog, CloudWatch's exports, logcli and kubectl write in front of a record. The counts are bounded, because each takes room
 * on the stack, and a hostile line may have millions.
 */
const HEADER = new RegExp(
  String.raw`^(?:${BRACKETS}|(?!["{}[\\\0]))${WORDS}(?:(?:${STRUCTURED_DATA}|${LABELS})${WORDS}){0,9}(?=\{)`,
);

/** Gives a text without the words in front of its first object; null where none stand there. */
export function dropHeader(text: string): string | null {
  const header = HEADER.exec(text)?.[0];
  return header === undefined ? null : text.slice(header.length);
}
