import type { Check, UnavailableCheck } from '../model/check.ts';
import type { Tuning } from '../model/tuning.ts';
import { createRuleCheck, profileOf } from './create-rule-check.ts';
import { createEventTypeSpelling } from './event-type-spelling.ts';
import {
  type CompileSettings,
  createSettings,
  type DetectionBody,
  describeForeignLogsource,
  readBody,
} from './rule-body.ts';
import { buildLibrary, type LibraryEntry, tuningOf } from './rule-library.ts';
import { reportInto, type SigmaDocument } from './sigma-document.ts';
import type { SigmaProblem } from './sigma-problem.ts';

export interface RulesToCompile {
  /** Built-in documents and the user's, in any order. */
  readonly documents: readonly SigmaDocument[];
  /** Every event type that Okta documents, in its spelling. */
  readonly eventTypes: readonly string[];
  readonly tuning: Pick<Tuning, 'rules' | 'placeholders'>;
}

export interface CompiledRules {
  readonly checks: readonly Check[];
  /** Rules that do not run, each with the reason: every document is in one of the two lists, but filters. */
  readonly unavailable: readonly UnavailableCheck[];
  readonly problems: readonly SigmaProblem[];
}

/** Compiles rules, correlations and filters to checks; never throws on a bad rule, and the others still compile. */
export function compileRules(rules: RulesToCompile): CompiledRules {
  const library = buildLibrary(rules.documents);
  const settings = createSettings({
    eventTypes: createEventTypeSpelling(rules.eventTypes),
    placeholders: rules.tuning.placeholders,
    problems: [...library.problems],
  });
  const checks: Check[] = [];
  const unavailable: UnavailableCheck[] = [];
  for (const entry of library.entries) {
    if (entry.document.kind !== 'rule') continue;
    const body = bodyOf(entry, settings);
    if (body.state !== 'ready' || entry.metadata === null) {
      unavailable.push(toUnavailable(entry, body));
      continue;
    }
    const { metadata } = entry;
    const readField = (name: string) => settings.readField(name, () => undefined);
    checks.push(
      createRuleCheck({
        profile: profileOf({
          id: entry.id,
          kind: 'rule',
          metadata,
          severity: tuningOf(entry, rules.tuning.rules)?.severity ?? null,
        }),
        expression: body.expression,
        groupBy: metadata.audit['group-by']?.map(readField) ?? null,
        shownFields: metadata.fields.map(readField),
        neededFields: metadata.audit.needs,
      }),
    );
  }
  return { checks, unavailable, problems: settings.problems };
}

function bodyOf(entry: LibraryEntry, settings: CompileSettings): DetectionBody {
  const { document } = entry;
  if (entry.metadata === null) return { state: 'failed', reason: 'Its metadata cannot be read.' };
  const foreign = describeForeignLogsource(document);
  if (foreign !== null) {
    reportInto(settings.problems, document).warn(['logsource'], foreign);
    return { state: 'not-evaluated', reason: foreign };
  }
  return readBody({ document, at: ['detection'], otherKeys: [], settings });
}

function toUnavailable(entry: LibraryEntry, body: DetectionBody): UnavailableCheck {
  return {
    id: entry.id,
    kind: 'rule',
    title: entry.metadata?.title ?? entry.id,
    status: body.state === 'ready' ? 'failed' : body.state,
    reason: body.state === 'ready' ? '' : body.reason,
  };
}
