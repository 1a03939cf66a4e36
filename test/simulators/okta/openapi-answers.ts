import { readFileSync } from 'node:fs';
import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';

const DESCRIPTION = new URL('../../data/okta-openapi-audit.yaml', import.meta.url);

/** The parts of Okta's own description that the simulator answers from. */
export type DescribedSchema =
  | 'LogEvent'
  | 'OrgOktaSupportSettingsObj'
  | 'OktaSupportCases'
  | 'Error';

export interface AnswerValidator {
  /** Throws where a value is not what Okta describes, saying what and where. */
  check(schema: DescribedSchema, value: unknown): void;
}

/**
 * Where Okta's description contradicts its own examples, which show what really comes.
 * `relaxed: false` leaves the description as it is, for the test that proves the need.
 */
const RELAXATIONS = {
  /** Every part of a System Log record may be null: `client.zone`, `device`, `detailEntry`, `issuer` are in the example. */
  isNullableEverywhere: (name: string) => name.startsWith('Log'),
  /** Numbers where the description says text: `version: 0` and `postalCode: 10013`. */
  numbersToo: ['version', 'postalCode'],
  /** `GET .../oktaSupport/cases`: the description is an object, its example is a bare array. */
  bareArrays: { OktaSupportCases: 'supportCases' } as Readonly<Record<string, string>>,
} as const;

type Schema = Record<string, unknown>;

/** Compiles the schemas of Okta's OpenAPI description, release 2026.06.3. */
export function createAnswerValidator({ relaxed = true } = {}): AnswerValidator {
  const description = parse(readFileSync(DESCRIPTION, 'utf8')) as {
    components: { schemas: Record<string, Schema> };
  };
  const ajv = new Ajv({ strict: false, allErrors: false });
  addFormats.default(ajv);
  const definitions: Record<string, unknown> = {};
  for (const [name, schema] of Object.entries(description.components.schemas)) {
    definitions[name] = toJsonSchema(schema, { name, relaxed });
  }
  ajv.addSchema({ $id: 'okta', components: { schemas: definitions } });
  const compiled = new Map<DescribedSchema, ValidateFunction>();
  return {
    check(schema, value) {
      const validate =
        compiled.get(schema) ?? ajv.compile({ $ref: `okta#/components/schemas/${schema}` });
      compiled.set(schema, validate);
      if (validate(value)) return;
      const [error] = validate.errors ?? [];
      throw new Error(
        `not a ${schema} as Okta describes it: ${error?.instancePath} ${error?.message}`,
      );
    },
  };
}

/** OpenAPI 3.0 to JSON Schema: `nullable` becomes a type, and the relaxations above are applied. */
function toJsonSchema(
  schema: Schema,
  context: { readonly name: string; readonly relaxed: boolean },
): Schema {
  const converted = convertValue(schema, context) as Schema;
  const property = context.relaxed ? RELAXATIONS.bareArrays[context.name] : undefined;
  if (property === undefined) return converted;
  const properties = converted['properties'] as Record<string, Schema>;
  return { anyOf: [converted, properties[property]] };
}

function convertValue(
  value: unknown,
  context: { readonly name: string; readonly relaxed: boolean },
): unknown {
  if (Array.isArray(value)) return value.map((entry) => convertValue(entry, context));
  if (typeof value !== 'object' || value === null) return value;
  const converted: Schema = {};
  for (const [key, entry] of Object.entries(value)) {
    if (key === 'example' || key === 'description') continue;
    converted[key] =
      key === 'properties' ? convertProperties(entry, context) : convertValue(entry, context);
  }
  if (converted['nullable'] === true) return { anyOf: [{ type: 'null' }, converted] };
  return converted;
}

function convertProperties(
  properties: unknown,
  context: { readonly name: string; readonly relaxed: boolean },
): Schema {
  const converted: Schema = {};
  for (const [name, property] of Object.entries(properties as Record<string, unknown>)) {
    const alternatives = [convertValue(property, context)];
    if (context.relaxed && RELAXATIONS.isNullableEverywhere(context.name)) {
      alternatives.push({ type: 'null' });
      if (RELAXATIONS.numbersToo.some((field) => field === name)) {
        alternatives.push({ type: 'number' });
      }
    }
    converted[name] = alternatives.length === 1 ? alternatives[0] : { anyOf: alternatives };
  }
  return converted;
}
