import { instantiateWasm, PAGE_BYTES, type WasmMemory } from '../instantiate-wasm.ts';
import { MATCHER_BINARY } from './matcher-binary.ts';

/** Finds where a JSON value ends that begins with a bracket, also where it goes on in the next bytes. */
export interface BracketMatcher {
  /** Takes the bytes to look at; those before are forgotten, but not how the value stands that was begun in them. */
  load(bytes: Buffer): void;
  startValue(): void;
  /** Gives where the value ends, behind its last bracket; -1 where that is not there yet. */
  findEnd(from: number): number;
}

/** What `wasm/match-brackets.ts` exports. */
interface MatcherExports {
  readonly memory: WasmMemory;
  areaStart(): number;
  startValue(): void;
  findEnd(from: number, to: number): number;
}

/** Gives a matcher in WebAssembly, or null where this machine cannot run it. */
export function createWasmMatcher(): BracketMatcher | null {
  const exports = instantiateWasm<MatcherExports>(MATCHER_BINARY);
  if (exports === null) return null;
  const { memory, startValue } = exports;
  const areaStart = exports.areaStart();
  let area = Buffer.from(memory.buffer, areaStart);
  let loaded = 0;
  return {
    load: (bytes) => {
      const lacking = bytes.length - area.length;
      if (lacking > 0) {
        memory.grow(Math.ceil(lacking / PAGE_BYTES));
        area = Buffer.from(memory.buffer, areaStart);
      }
      loaded = bytes.copy(area);
    },
    startValue,
    findEnd: (from) => exports.findEnd(from, loaded),
  };
}
