/** A bit for each byte of four vectors that is set. */
// @ts-ignore: a decorator of AssemblyScript
@inline
export function joinMasks(first: v128, second: v128, third: v128, fourth: v128): u64 {
  return (
    <u64>i8x16.bitmask(first) |
    (<u64>i8x16.bitmask(second) << 16) |
    (<u64>i8x16.bitmask(third) << 32) |
    (<u64>i8x16.bitmask(fourth) << 48)
  );
}
