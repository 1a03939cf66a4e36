/**
 * What Spark, Databricks, Athena, CloudWatch's exports and desktops leave beside files, and what is saved beside archives; also
 * inside zip files. A star stands for any text.
 * Sources: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/S3ExportTasks.html,
 * https://docs.aws.amazon.com/athena/latest/ug/querying-finding-output-files.html
 */
export const IGNORED: readonly string[] = [
  ...['_SUCCESS', '_started_*', '_committed_*', '*.csv.metadata', 'aws-logs-write-test'],
  ...['SHA256SUMS', '__MACOSX', 'Thumbs.db', 'desktop.ini'],
];

/** Says whether an entry of a zip file is none of the files that an archive consists of, as in a folder. */
export function isLeftOut(path: string): boolean {
  if (path.endsWith('/')) return true;
  return path.split('/').some((name) => /^\.+[^.]/.test(name) || IGNORED.some(isNameOf(name)));
}

function isNameOf(name: string): (ignored: string) => boolean {
  return (ignored) => {
    const [front = '', back] = ignored.split('*');
    return back === undefined ? name === ignored : name.startsWith(front) && name.endsWith(back);
  };
}
