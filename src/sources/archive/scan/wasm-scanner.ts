import { instantiateWasm, PAGE_BYTES, type WasmMemory } from '../instantiate-wasm.ts';
import { type LineScanner, ROW_FIELDS } from './line-scanner.ts';
import { SCANNER_BINARY } from './scanner-binary.ts';

/** What `wasm/scan-lines.ts` exports. */
interface ScannerExports {
  readonly memory: WasmMemory;
  areaStart(): number;
  rowsStart(): number;
  resumeAt(): number;
  countTypes(): number;
  typeStart(id: number): number;
  typeLength(id: number): number;
  addId(): void;
  scan(from: number, to: number): number;
  mayHoldId(from: number, to: number): number;
  startFile(): void;
  letJoin(type: number, mark: number): void;
}

/** The scanner reads a little past the end of what it scans. */
const MARGIN_BYTES = 512;

/** Gives a scanner in WebAssembly, or null where this machine cannot run it. */
export function createWasmScanner(ids: readonly string[]): LineScanner | null {
  const exports = instantiateWasm<ScannerExports>(SCANNER_BINARY);
  if (exports === null) return null;
  const { memory } = exports;
  const areaStart = exports.areaStart();
  const typeNames: string[] = [];

  let area = viewArea();

  function viewArea(): Buffer {
    const { buffer } = memory;
    return Buffer.from(buffer, areaStart, buffer.byteLength - areaStart - MARGIN_BYTES);
  }

  function reserve(bytes: number): Buffer {
    const lacking = bytes - area.length;
    if (lacking > 0) {
      memory.grow(Math.ceil(lacking / PAGE_BYTES));
      area = viewArea();
    }
    return area;
  }

  for (const id of ids) {
    reserve(id.length + 1).write(`${id}"`, 'latin1');
    exports.addId();
  }
  let count = 0;
  return {
    reserve,
    scan: (from, to) => {
      count = exports.scan(from, to);
      for (let id = typeNames.length; id < exports.countTypes(); id += 1) {
        const start = exports.typeStart(id);
        const text = Buffer.from(memory.buffer, start, exports.typeLength(id));
        typeNames.push(text.toString('latin1'));
      }
      return { count, resumeAt: exports.resumeAt() };
    },
    mayHoldId: (from, to) => ids.length > 0 && exports.mayHoldId(from, to) !== 0,
    readRows: () => new Int32Array(memory.buffer, exports.rowsStart(), count * ROW_FIELDS),
    typeNames,
    startFile: exports.startFile,
    letJoin: exports.letJoin,
  };
}
