import { type LineScanner, ROW_FIELDS } from './line-scanner.ts';
import { SCANNER_BINARY } from './scanner-binary.ts';

/** The little of WebAssembly that is used; the types of Node leave it out. */
interface WebAssemblyApi {
  readonly Module: new (binary: Buffer) => object;
  readonly Instance: new (compiled: object) => { readonly exports: unknown };
}

/** What `wasm/scan-lines.ts` exports. */
interface ScannerExports {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
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

const PAGE_BYTES = 65_536;
/** The scanner reads a little past the end of what it scans. */
const MARGIN_BYTES = 512;

/** Gives a scanner in WebAssembly, or null where this machine cannot run it: relaxed SIMD came with Node 22. */
export function createWasmScanner(ids: readonly string[]): LineScanner | null {
  const exports = instantiate();
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

function instantiate(): ScannerExports | null {
  try {
    const { WebAssembly: api } = globalThis as unknown as { readonly WebAssembly: WebAssemblyApi };
    const compiled = new api.Module(Buffer.from(SCANNER_BINARY, 'base64'));
    return new api.Instance(compiled).exports as ScannerExports;
  } catch {
    return null;
  }
}
