import type { IssueMemory } from '../model/issue-memory.ts';
import { fromMemoryDocument, MemoryDocument } from './memory-document.ts';
import { MEMORY_VERSION } from './memory-version.ts';
import { unpackText } from './pack-text.ts';

/** What a marker's text turned out to be. Never an error: a damaged memory means to begin anew, and to say so. */
export type DecodedMemory =
  | { readonly kind: 'memory'; readonly memory: IssueMemory }
  | { readonly kind: 'damaged'; readonly reason: string }
  /** Written by a later version of this program; overwriting it would forget what that one knows. */
  | { readonly kind: 'newer'; readonly version: number };

/** Reads what `encodeMemory` wrote. */
export function decodeMemory(text: string): DecodedMemory {
  const [, written, packed] = /^m(\d{1,4})\.([\w.]*)$/.exec(text) ?? [];
  if (written === undefined || packed === undefined) {
    return { kind: 'damaged', reason: 'it is not in the form that this program writes' };
  }
  const version = Number(written);
  if (version > MEMORY_VERSION) return { kind: 'newer', version };
  const json = unpackText(packed);
  if (json === null)
    return { kind: 'damaged', reason: 'its checksum does not fit: it was cut or edited' };
  const memory = parseMemory(json);
  return memory === null
    ? { kind: 'damaged', reason: 'its content does not fit its version' }
    : { kind: 'memory', memory };
}

function parseMemory(json: string): IssueMemory | null {
  try {
    const document = MemoryDocument.safeParse(JSON.parse(json));
    return document.success ? fromMemoryDocument(document.data) : null;
  } catch {
    return null;
  }
}
