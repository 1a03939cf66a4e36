import { createHash } from 'node:crypto';

/** Rises when the form of the marker itself changes; the memory inside has a version of its own. */
const MARKER_VERSION = 1;
const KEY_LENGTH = 16;

/** What stands at the start of an issue's body. */
export type FoundMarker =
  | { readonly kind: 'none' }
  /** `memory` is the text for `decodeMemory`, or null where there is none or the marker was damaged. */
  | { readonly kind: 'marker'; readonly key: string; readonly memory: string | null }
  /** Every form has its key at the same place, so that no later one is taken for a lost one. */
  | { readonly kind: 'newer'; readonly key: string; readonly version: number };

/** The key under which the issue of one tenant and scope is found: 16 hex digits of a SHA-256. */
export function deriveMarkerKey({
  tenant,
  scopeId,
}: {
  tenant: string | null;
  scopeId: string;
}): string {
  return createHash('sha256')
    .update(JSON.stringify([tenant?.toLowerCase() ?? null, scopeId]))
    .digest('hex')
    .slice(0, KEY_LENGTH);
}

/** The hidden line that every body begins with. `memory` is what `encodeMemory` wrote. */
export function writeMarker({ key, memory }: { key: string; memory: string }): string {
  return `<!-- okta-tenant-audit:v${MARKER_VERSION} key=${key} memory=${memory} -->`;
}

/** Reads the marker of a body. Only the very start counts: further down it may be something that somebody quoted. */
export function findMarker(body: string): FoundMarker {
  const [firstLine = ''] = body.split(/\r\n|\n|\r/, 1);
  const [, written, rest] = /^<!-- okta-tenant-audit:v(\d{1,4})(?: (.*))?$/.exec(firstLine) ?? [];
  if (written === undefined) return { kind: 'none' };
  const [, key, memory] = /^key=([0-9a-f]{16})(?: memory=([\w.]*) -->)?/.exec(rest ?? '') ?? [];
  if (key === undefined) return { kind: 'none' };
  const version = Number(written);
  if (version > MARKER_VERSION) return { kind: 'newer', key, version };
  return { kind: 'marker', key, memory: memory ?? null };
}
