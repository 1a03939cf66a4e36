import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { isRecord } from '../../src/model/log-event.ts';
import { createFieldReader } from '../../src/sigma/expression/field-path.ts';
import { buildFieldTree, type FieldNode } from '../../src/sigma/expression/okta-fields.ts';

const DESCRIPTION = join(import.meta.dirname, '..', 'data', 'okta-openapi-audit.yaml');

/** Leaves of a schema as dotted names; an object with any keys ends with a star. */
function leavesOf(schemas: Record<string, unknown>, schema: unknown, name: string): string[] {
  if (!isRecord(schema)) return [];
  const reference = schema['$ref'];
  if (typeof reference === 'string') {
    return leavesOf(schemas, schemas[reference.split('/').at(-1) ?? ''], name);
  }
  if (isRecord(schema['items'])) return leavesOf(schemas, schema['items'], name);
  if (schema['additionalProperties'] === true) return [`${name}.*`];
  if (!isRecord(schema['properties'])) return [name];
  return Object.entries(schema['properties']).flatMap(([key, value]) =>
    leavesOf(schemas, value, name === '' ? key : `${name}.${key}`),
  );
}

function readSchemaLeaves(): string[] {
  const description: unknown = parse(readFileSync(DESCRIPTION, 'utf8'));
  const components = isRecord(description) ? description['components'] : null;
  const schemas = isRecord(components) ? components['schemas'] : null;
  if (!isRecord(schemas)) throw new Error('No schemas.');
  return leavesOf(schemas, schemas['LogEvent'], '');
}

function treeLeaves(node: FieldNode, name: string): string[] {
  if (node.isOpen) return [`${name}.*`];
  if (node.children.size === 0) return [name];
  return [...node.children].flatMap(([key, child]) =>
    treeLeaves(child, name === '' ? key : `${name}.${key}`),
  );
}

test("the catalogue is Okta's description of a log event, with what events carry beyond it", () => {
  const schema = readSchemaLeaves();
  const known = treeLeaves(buildFieldTree(), '');
  expect(schema.filter((field) => !known.includes(field))).toEqual([]);
  expect(known.filter((field) => !schema.includes(field))).toEqual([
    'authenticationContext.rootSessionId',
    'authenticationContext.authenticatorContext.*',
    'device.device_integrator.*',
    'device.disk_encryption_type',
    'device.id',
    'device.jailbreak',
    'device.managed',
    'device.name',
    'device.os_platform',
    'device.os_version',
    'device.registered',
    'device.screen_lock_type',
    'device.secure_hardware_present',
  ]);
});

describe('field names', () => {
  const readField = createFieldReader();
  const warningsOf = (name: string): string[] => {
    const warnings: string[] = [];
    readField(name, (message) => warnings.push(message));
    return warnings;
  };

  test.each(readSchemaLeaves().map((field) => [field.replace('.*', '.anyKey.deeper')]))(
    '%s is known',
    (field) => {
      expect(warningsOf(field)).toEqual([]);
    },
  );

  test.each([
    ['debugContext.debugData.risk.level', 0],
    ['target.User.detailEntry.anything', 0],
    ['target.changeDetails.from.vpnSettingsZones.include', 0],
    ['target', 0],
    ['target.User', 0],
    ['actor', 0],
    ['', 1],
    ['actor.', 1],
    ['.actor', 1],
    ['event.action', 1],
    ['target.User.nope', 1],
    ['actor.ID', 1],
    ['__proto__.x', 1],
  ])('%s gives %i warnings', (field, count) => {
    expect(warningsOf(field)).toHaveLength(count);
  });

  test.each([
    ['event_type', 'eventType'],
    ['okta.event_type', 'eventType'],
    ['OKTA.display_message', 'displayMessage'],
    ['actor_alternateId', 'actor.alternateId'],
    ['actor.alternate_id', 'actor.alternateId'],
    ['actor.alternate.id', 'actor.alternateId'],
    ['client.user_agent.raw_user_agent', 'client.userAgent.rawUserAgent'],
    ['client-ip-address', 'client.ipAddress'],
    ['security_context.is_proxy', 'securityContext.isProxy'],
    ['okta.debug_context.debug_data.request_uri', 'debugContext.debugData.requestUri'],
    ['debug_context.debug_data.someOther_key', 'debugContext.debugData.someOther_key'],
    ['target.display.name', 'target.displayName'],
    ['target.user.display.name', 'target.user.displayName'],
    ['target.User.alternate_id', 'target.User.alternateId'],
    ['target.detail_entry.methodTypeUsed', 'target.detailEntry.methodTypeUsed'],
  ])('%s, as a pipeline writes it, is read as %s, with a warning', (written, name) => {
    const warnings: string[] = [];
    expect(readField(written, (message) => warnings.push(message)).name).toBe(name);
    expect(warnings).toEqual([
      `The field ${written} is read as ${name}, which is how Okta writes it.`,
    ]);
  });

  test('a key that may stand beside the known ones is never respelled', () => {
    expect(warningsOf('debugContext.debugData.request_uri')).toEqual([]);
    expect(readField('debugContext.debugData.request_uri', () => undefined).name).toBe(
      'debugContext.debugData.request_uri',
    );
  });

  test.each([
    ['alternateId', ' There is actor.alternateId and target.alternateId.'],
    ['actor.mail', ''],
    ['okta', ''],
    ['okta.', ''],
    ['okta.mail', ''],
    ['Actor.mail', ''],
  ])('%s is left as it is: nobody knows what is meant', (written, hint) => {
    const warnings = warningsOf(written);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatch(new RegExp(`is not in its schema\\.${hint}$`));
  });
});

test('no two known fields have one name once words are joined and case is ignored', () => {
  const names = namesBelow(buildFieldTree(), '');
  const flat = names.map((name) => name.replace(/[._]/g, '').toLowerCase());
  expect(new Set(flat).size).toBe(names.length);
});

function namesBelow(node: FieldNode, name: string): string[] {
  return [...node.children].flatMap(([key, child]) => {
    const own = name === '' ? key : `${name}.${key}`;
    return [own, ...namesBelow(child, own)];
  });
}
