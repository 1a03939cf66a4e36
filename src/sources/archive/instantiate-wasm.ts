/** The little of WebAssembly that is used; the types of Node leave it out. */
interface WebAssemblyApi {
  readonly Module: new (binary: Buffer) => object;
  readonly Instance: new (compiled: object) => { readonly exports: unknown };
}

/** The memory of a program in WebAssembly. */
export interface WasmMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

/** How much memory grows by. */
export const PAGE_BYTES = 65_536;

/** Gives what a program exports, or null where this machine cannot run it: relaxed SIMD came with Node 22. */
export function instantiateWasm<Exports>(base64: string): Exports | null {
  try {
    const { WebAssembly: api } = globalThis as unknown as { readonly WebAssembly: WebAssemblyApi };
    const compiled = new api.Module(Buffer.from(base64, 'base64'));
    return new api.Instance(compiled).exports as Exports;
  } catch {
    return null;
  }
}
