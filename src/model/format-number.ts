/** `1,204,551`, without the tables of languages that `toLocaleString` loads first. */
export function formatNumber(value: number): string {
  return String(value).replace(/\B(?=(?:\d{3})+$)/g, ',');
}
