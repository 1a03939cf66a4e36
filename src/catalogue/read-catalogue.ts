import catalogue from './catalogue.generated.json' with { type: 'json' };

/** A built-in rule file: its YAML documents as plain values. */
export interface BuiltinRuleFile {
  readonly path: string;
  readonly documents: readonly unknown[];
}

/** A built-in scope file: the standing question or one incident. */
export interface BuiltinScopeFile {
  readonly path: string;
  readonly text: string;
}

/** The version of this program. */
export function readVersion(): string {
  return catalogue.version;
}

export function readBuiltinRules(): readonly BuiltinRuleFile[] {
  return catalogue.rules;
}

export function readBuiltinScopes(): readonly BuiltinScopeFile[] {
  return catalogue.scopes;
}

/** Every event type that Okta documents. Source: https://developer.okta.com/docs/reference/api/event-types/ */
export function readEventTypes(): readonly string[] {
  return catalogue.eventTypes;
}
