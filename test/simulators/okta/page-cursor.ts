import { createHmac, randomBytes } from 'node:crypto';
import type { Position } from './event-store.ts';

/** Makes and reads the opaque `after` of a next link; a cursor that was made up or moved to another query is refused. */
export interface CursorSeal {
  seal(position: Position, query: string): string;
  /** Null for anything that this simulator did not give out for this query. */
  open(cursor: string, query: string): Position | null;
}

export function createCursorSeal(): CursorSeal {
  const secret = randomBytes(16);
  const sign = (payload: string, query: string) =>
    createHmac('sha256', secret).update(`${payload} ${query}`).digest('base64url').slice(0, 16);
  return {
    seal({ key, serial }, query) {
      const payload = Buffer.from(`${key}:${serial}`).toString('base64url');
      return `${payload}_${sign(payload, query)}`;
    },
    open(cursor, query) {
      const split = cursor.lastIndexOf('_', cursor.length - 17);
      const payload = cursor.slice(0, split);
      if (split < 0 || cursor.slice(split + 1) !== sign(payload, query)) return null;
      const [key, serial] = Buffer.from(payload, 'base64url').toString().split(':').map(Number);
      return key === undefined || serial === undefined ? null : { key, serial };
    },
  };
}
