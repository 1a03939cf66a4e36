import { createReadStream, writeSync } from 'node:fs';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import { ASKED_TYPES, ASKED_WINDOW } from '../generate-archive.ts';

const OPTIONS = { chunkSize: 1 << 20 };
const types = new Set(ASKED_TYPES);
const [path = ''] = process.argv.slice(2);
const since = new Date(ASKED_WINDOW.sinceMs).toISOString();
const until = new Date(ASKED_WINDOW.untilMs).toISOString();
const file = createReadStream(path, { highWaterMark: 1 << 20 });
const inflater = path.endsWith('.gz') ? createGunzip(OPTIONS) : null;
const chunks =
  inflater === null && path.endsWith('.zst')
    ? file.pipe(createZstdDecompress(OPTIONS))
    : inflater === null
      ? file
      : file.pipe(inflater);

let carried = Buffer.alloc(0);
const uuids: string[] = [];
for await (const chunk of chunks) {
  const bytes = carried.length === 0 ? chunk : Buffer.concat([carried, chunk]);
  let start = 0;
  for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, start)) {
    const event = JSON.parse(bytes.toString('utf8', start, end));
    start = end + 1;
    const isAsked = event.published >= since && event.published < until;
    if (isAsked && types.has(event.eventType)) uuids.push(event.uuid);
  }
  carried = bytes.subarray(start);
}
writeSync(1, `${uuids.join('\n')}\n`);
