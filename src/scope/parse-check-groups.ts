import { z } from 'zod';
import { parseStrictYaml, type YamlResult } from '../yaml/parse-strict-yaml.ts';

/** Names for checks that belong together: a scope may name a group wherever it may name a check. */
export type CheckGroups = ReadonlyMap<string, readonly string[]>;

const Name = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'write lower-case words with hyphens');
const GroupsFile = z.record(Name, z.array(Name).min(1));

/** Parses the file of groups: each name with the ids of its checks. */
export function parseCheckGroups(file: {
  readonly path: string;
  readonly text: string;
}): YamlResult<CheckGroups> {
  const parsed = parseStrictYaml({ ...file, schema: GroupsFile });
  return parsed.ok ? { ok: true, value: new Map(Object.entries(parsed.value)) } : parsed;
}
