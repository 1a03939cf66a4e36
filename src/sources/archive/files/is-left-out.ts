/** What Spark and desktops leave beside files, and what is saved beside archives; also inside zip files. */
export const IGNORED: readonly string[] = [
  ...['_SUCCESS', 'SHA256SUMS', '__MACOSX'],
  ...['Thumbs.db', 'desktop.ini'],
];

/** Says whether an entry of a zip file is none of the files that an archive consists of, as in a folder. */
export function isLeftOut(path: string): boolean {
  if (path.endsWith('/')) return true;
  return path.split('/').some((name) => /^\.+[^.]/.test(name) || IGNORED.includes(name));
}
