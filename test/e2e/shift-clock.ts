/**
 * Loaded before the program under test: moves its clock to the instant named by TEST_NOW and lets it run on from there.
 * So that nights can pass in seconds without a way into the clock of the program that people run.
 */
const RealDate = Date;
const offsetMs = RealDate.parse(process.env['TEST_NOW'] ?? '') - RealDate.now();

class ShiftedDate extends RealDate {
  constructor(...given: readonly unknown[]) {
    if (given.length === 0) {
      super(ShiftedDate.now());
      return;
    }
    super(...(given as [number]));
  }

  static override now(): number {
    return RealDate.now() + offsetMs;
  }
}

if (!Number.isNaN(offsetMs)) globalThis.Date = ShiftedDate as DateConstructor;
