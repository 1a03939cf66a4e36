import { noteDamage, noteLostRecords } from './coverage/file-reading.ts';
import type { OpenedBytes } from './files/opened-bytes.ts';
import { spool } from './files/spool-input.ts';
import type { ParquetFile, ParquetPlace } from './framing/read-parquet.ts';
import { type Run, takeValue } from './take-records.ts';

/** Reads a file of columns. Its directory stands at the end: what is not a file as it is becomes one first. */
export async function readParquetFile(
  run: Run,
  { isAsStored }: OpenedBytes,
  chunks: AsyncIterable<Buffer>,
): Promise<void> {
  const { range, bytes } = run.task.member;
  if (isAsStored) {
    await readParquetRows(run, { path: range.path, bytes });
    return;
  }
  const { path, bytes: spooledBytes, drop } = await spool(chunks);
  try {
    await readParquetRows(run, { path, bytes: spooledBytes });
  } finally {
    drop();
  }
}

async function readParquetRows(run: Run, place: ParquetPlace): Promise<void> {
  const { openParquet } = await import('./framing/read-parquet.ts');
  const { reading } = run;
  let file: ParquetFile;
  try {
    file = await openParquet(place);
  } catch (thrown) {
    noteUnreadable(run, thrown instanceof Error ? thrown.message : String(thrown));
    return;
  }
  let isAnyRead = false;
  let whyLost: string | null = null;
  reading.front += JSON.stringify(Object.fromEntries(file.columns.map((name) => [name, 0])));
  try {
    for await (const { rows, count, reason, offset } of file.readParts()) {
      for (const row of rows ?? []) {
        takeValue(run, row, offset);
        if (reading.losses > 0) return;
      }
      if (rows === null) {
        noteLostRecords(reading, { count, offset, reason });
        whyLost = reason;
      } else isAnyRead = true;
      run.task.advance(Math.min(offset, run.task.member.bytes));
      await run.task.waitForRoom?.();
    }
    // A file without a row is no file of another product.
    if (!isAnyRead && whyLost !== null) noteUnreadable(run, whyLost);
    run.task.advance(run.task.member.bytes);
  } finally {
    await file.close();
  }
}

function noteUnreadable({ reading }: Run, reason: string): void {
  noteDamage(reading, { offset: 0, reason, count: 0, extent: 'to-the-end' });
}
