import {
  EVENT_VERBS,
  type EventVerb,
  type EventWording,
  type VerbForms,
} from './event-verb-table.ts';

/** What the last word of a lifecycle event says was done. */
const ACTIONS: Readonly<Record<string, Pick<EventVerb, 'did' | 'toDo'>>> = {
  create: { did: 'created', toDo: 'create' },
  update: { did: 'changed', toDo: 'change' },
  activate: { did: 'activated', toDo: 'activate' },
  deactivate: { did: 'deactivated', toDo: 'deactivate' },
  delete: { did: 'deleted', toDo: 'delete' },
  add: { did: 'added', toDo: 'add' },
};

/** Families of such events, and what they are about. */
const FAMILIES: readonly {
  readonly prefix: string;
  readonly thing: string;
  /** `{thing}` without it. */
  readonly slots?: string;
}[] = [
  { prefix: 'system.idp.lifecycle.', thing: 'the identity provider' },
  { prefix: 'policy.lifecycle.', thing: 'the policy' },
  { prefix: 'policy.rule.', thing: 'the policy rule', slots: '{rule} ({policy})' },
  { prefix: 'zone.', thing: 'the network zone' },
  { prefix: 'application.lifecycle.', thing: 'the app' },
  { prefix: 'group.lifecycle.', thing: 'the group' },
  { prefix: 'system.log_stream.lifecycle.', thing: 'the log stream' },
  { prefix: 'security.authenticator.lifecycle.', thing: 'the authenticator' },
  { prefix: 'system.custom_email_server.lifecycle.', thing: 'the mail server' },
  { prefix: 'security.trusted_origin.', thing: 'the trusted origin' },
];

/** The wording of an event type, or null where there is none better than Okta's own display message. */
export function findVerb(eventType: string): EventVerb | null {
  const wording = lookUp(EVENT_VERBS, eventType);
  return wording === null ? composeVerb(eventType) : toVerb(wording);
}

function toVerb(wording: EventWording): EventVerb {
  if (typeof wording === 'string') return readForms(wording);
  if ('did' in wording) return wording;
  const [others, own] = wording;
  return { ...readForms(others), own: readForms(own) };
}

/** `changed|change a factor` as `changed a factor` and `change a factor`. */
function readForms(forms: VerbForms): EventVerb {
  const [past = '', toDo = ''] = forms.split('|');
  return { did: past + toDo.slice(toDo.indexOf(' ')), toDo };
}

function composeVerb(eventType: string): EventVerb | null {
  const family = FAMILIES.find(({ prefix }) => eventType.startsWith(prefix));
  if (family === undefined) return null;
  const action = lookUp(ACTIONS, eventType.slice(family.prefix.length));
  if (action === null) return null;
  const { slots = '{thing}' } = family;
  return {
    did: `${action.did} ${family.thing} ${slots}`,
    toDo: `${action.toDo} ${family.thing} ${slots}`,
  };
}

/** Event types come from the log: one called `constructor` must find nothing. */
function lookUp<Value>(table: Readonly<Record<string, Value>>, name: string): Value | null {
  return Object.hasOwn(table, name) ? (table[name] ?? null) : null;
}
