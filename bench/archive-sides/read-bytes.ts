import { openSync, readSync } from 'node:fs';

const CHUNK_BYTES = 1 << 20;

for (const path of process.argv.slice(2)) {
  const file = openSync(path, 'r');
  const chunk = Buffer.alloc(CHUNK_BYTES);
  while (readSync(file, chunk, 0, CHUNK_BYTES, null) > 0);
}
