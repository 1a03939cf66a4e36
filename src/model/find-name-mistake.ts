import { DEFANGED_REMEDY, isDefanged } from './is-defanged.ts';
import { isInQuotes } from './is-in-quotes.ts';

const MISTAKES: readonly (readonly [sign: RegExp, remedy: string])[] = [
  [/\*/, 'write a whole login or id; * stands for nothing else here'],
  [/@.*[,;\s].*@|[,;]$/, 'write one login or id in each line, without a comma or semicolon'],
  [/\p{Cf}|[^\S ]/u, 'holds a character that nobody sees; write it by hand'],
  [
    /^@|@$|^mailto:|[<>]|\s\S*@|@\S*\s|@.*\.$/i,
    'is no login; write one by itself, as dana@acme.example, or an id',
  ],
];

/**
 * Says why a login or id in a tuning file would be met by nobody, in silence; null where it may be one. Patterns and lists are none,
 * nor is what tables, pages and chats leave around a login without anybody seeing it.
 */
export function findNameMistake(name: string): string | null {
  if (isInQuotes(name)) return 'write it without these quotes, or in straight ones';
  if (isDefanged(name)) return DEFANGED_REMEDY;
  return MISTAKES.find(([sign]) => sign.test(name))?.[1] ?? null;
}
