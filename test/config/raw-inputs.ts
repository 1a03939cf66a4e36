import { INPUT_TABLE, type InputName, type RawInputs } from '../../src/config/input-table.ts';

/** Inputs as the runner hands them over: defaults filled in, everything else empty. */
export function rawInputs(given: Partial<Record<InputName, string>> = {}): RawInputs {
  const defaults = Object.fromEntries(
    INPUT_TABLE.map(({ name, default: fallback }) => [
      name,
      fallback === null || fallback.startsWith('${{') ? '' : fallback,
    ]),
  );
  return { ...(defaults as RawInputs), ...given };
}
