import type { Check, CheckProfile } from '../../model/check.ts';
import type { Acceptor } from '../../model/listener.ts';
import type { LogEvent, RawEvent } from '../../model/log-event.ts';
import type { Severity } from '../../model/severity.ts';
import { foldCase } from '../expression/compile-pattern.ts';
import type { Expression } from '../expression/detection-expression.ts';
import type { FieldPath } from '../expression/field-path.ts';
import { type RuleMetadata, techniquesOf } from '../parse/rule-metadata.ts';
import type { EventMatcher } from './compile-matcher.ts';
import { necessaryEventTypes } from './necessary-event-types.ts';
import { createFactReader, uniqueValues } from './rule-facts.ts';
import { leavesOf } from './walk-event.ts';

/** What a check says about itself, from a rule's or a correlation's metadata. */
export function profileOf(options: {
  readonly id: string;
  readonly kind: 'rule' | 'correlation';
  readonly metadata: RuleMetadata;
  readonly severity: Severity | null;
}): CheckProfile {
  const { id, kind, metadata } = options;
  const { audit } = metadata;
  return {
    id,
    kind,
    title: metadata.title,
    description: toPlainText(metadata.description ?? metadata.title),
    severity: options.severity ?? metadata.level,
    confidence: audit.confidence,
    techniques: techniquesOf(metadata.tags),
    references: metadata.references,
    falsePositives: metadata.falsepositives.map(toPlainText),
    nextSteps: audit['next-steps'].map(toPlainText),
    ask: audit.ask,
  };
}

/** Rules are written with the code marks of Markdown; every report sets fields in its own way. */
function toPlainText(text: string): string {
  return text.trim().replace(/`([^`]*)`/g, '$1');
}

/** A check whose every matching event is one match. */
export function createRuleCheck(options: {
  readonly profile: CheckProfile;
  readonly expression: Expression;
  /** The expression, compiled. */
  readonly matcher: EventMatcher;
  readonly groupBy: readonly FieldPath[] | null;
  readonly shownFields: readonly FieldPath[];
  readonly neededFields: readonly string[];
}): Check {
  const { profile, expression, matcher, groupBy } = options;
  const readFacts = createFactReader({ expression, fields: options.shownFields });
  return {
    ...profile,
    needs: {
      eventTypes: necessaryEventTypes(expression),
      lookBackMs: 0,
      lookAheadMs: 0,
      fields: options.neededFields,
    },
    begin: () => {
      const matched: LogEvent[] = [];
      const acceptorOf = (eventType: string): Acceptor | null => {
        const test = matcher.ofType(eventType);
        if (test === null) return null;
        return (event) => {
          if (test(event.raw)) matched.push(event);
        };
      };
      return {
        accept: (event) => acceptorOf(event.eventType)?.(event),
        acceptorOf,
        finish: () =>
          matched.map((event) => ({
            events: [event],
            anchor: event,
            group: groupBy === null ? null : groupValuesOf(event.raw, groupBy),
            facts: readFacts(event.raw),
            circumstances: [],
            attribution: null,
          })),
      };
    },
  };
}

/** One text per field: its values, each once, ignoring case, sorted, as Okta promises no order; empty where it has none. */
export function groupValuesOf(event: RawEvent, fields: readonly FieldPath[]): string[] {
  return fields.map((field) =>
    uniqueValues(leavesOf(event, field)).map(foldCase).sort().join('\n'),
  );
}
