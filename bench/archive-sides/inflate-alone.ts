import { createReadStream } from 'node:fs';
import { createGunzip, createZstdDecompress } from 'node:zlib';

const OPTIONS = { chunkSize: 1 << 20 };
const [path = ''] = process.argv.slice(2);
const inflater = path.endsWith('.gz') ? createGunzip(OPTIONS) : createZstdDecompress(OPTIONS);

createReadStream(path, { highWaterMark: 1 << 20 })
  .pipe(inflater)
  .resume();
