import type { AuditNews } from '../../src/memory/find-news.ts';

/** True where anything at all is news. */
export function hasNews(news: AuditNews): boolean {
  return Object.values(news).some((item) =>
    Array.isArray(item) ? item.length > 0 : item !== null && item !== false,
  );
}
