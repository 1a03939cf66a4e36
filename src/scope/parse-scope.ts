import type { Scope, ScopeCheck } from '../model/scope.ts';
import { parseStrictYaml, type YamlResult } from '../yaml/parse-strict-yaml.ts';
import { suggestNearest } from '../yaml/suggest-nearest.ts';
import type { DescribedScope } from './described-scope.ts';
import type { CheckGroups } from './parse-check-groups.ts';
import { ScopeFile } from './scope-file.ts';

export interface ScopeSource {
  readonly path: string;
  readonly text: string;
  /** What a file that names no checks looks for. */
  readonly defaultChecks: readonly ScopeCheck[];
  readonly groups: CheckGroups;
  /** Names that a check may have; without it any name passes, as a user may bring the rule later. */
  readonly knownChecks?: ReadonlySet<string>;
  /** Ids of other questions: each has an issue of its own. */
  readonly takenIds?: ReadonlySet<string>;
}

/** Parses a scope file: the standing question or one incident. */
export function parseScope(source: ScopeSource): YamlResult<DescribedScope> {
  const { path, text, groups, defaultChecks } = source;
  const parsed = parseStrictYaml({ path, text, schema: restrictNames(source) });
  if (!parsed.ok) return parsed;
  const { checks, window, published, facts, 'cannot-tell': cannotTell, ...rest } = parsed.value;
  const isFixed = window.kind === 'fixed';
  return {
    ok: true,
    value: {
      ...rest,
      window: toWindow(window),
      cannotTell,
      checks: checks === undefined ? defaultChecks : toScopeChecks(checks, groups),
      background: {
        published,
        facts,
        coreSource: isFixed ? window.core.source : null,
        reviewSource: isFixed ? window.review.source : null,
      },
    },
  };
}

function restrictNames({ knownChecks, groups, takenIds = new Set() }: ScopeSource) {
  const id = ScopeFile.shape.id.refine((text) => !takenIds.has(text), TAKEN);
  if (knownChecks === undefined) return ScopeFile.extend({ id });
  const names = [...knownChecks, ...groups.keys()];
  const checks = ScopeFile.shape.checks.superRefine((named = {}, context) => {
    for (const name of Object.keys(named)) {
      if (names.includes(name)) continue;
      const message = `there is no check or group of this name${suggestNearest(name, names)}`;
      context.addIssue({ code: 'custom', path: [name], message });
    }
  });
  return ScopeFile.extend({ id, checks });
}

const TAKEN =
  'is the id of another question of this audit, whose issue it would write over; write an id of your own';

function toWindow(window: ScopeFile['window']): Scope['window'] {
  if (window.kind === 'rolling') return window;
  const { core, review } = window;
  return {
    kind: 'fixed',
    core: core.span,
    coreReason: core.why,
    review: review.span,
    reviewReason: review.why,
  };
}

/** A check that is named by itself keeps its own role, also where a group holds it. */
function toScopeChecks(
  checks: NonNullable<ScopeFile['checks']>,
  groups: CheckGroups,
): readonly ScopeCheck[] {
  const named = Object.entries(checks);
  const ofGroups = named.flatMap(([name, role]) =>
    (groups.get(name) ?? []).map((id): [string, ScopeCheck] => [id, { id, ...role }]),
  );
  const single = named
    .filter(([name]) => !groups.has(name))
    .map(([id, role]): [string, ScopeCheck] => [id, { id, ...role }]);
  return [...new Map([...ofGroups, ...single]).values()];
}
