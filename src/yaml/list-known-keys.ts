import { z } from 'zod';

/** The keys that a schema knows at a place of a file; none where it is no map of fixed keys. */
export function listKnownKeys(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  const found = path.reduce<z.core.$ZodType[]>(
    (schemas, key) => schemas.flatMap((one) => stepInto(one, key)),
    unwrap(schema),
  );
  return [
    ...new Set(found.flatMap((one) => (one instanceof z.ZodObject ? Object.keys(one.shape) : []))),
  ];
}

function stepInto(schema: z.core.$ZodType, key: PropertyKey): z.core.$ZodType[] {
  if (schema instanceof z.ZodObject) {
    const own: z.core.$ZodType | undefined = Object.hasOwn(schema.shape, key)
      ? schema.shape[String(key)]
      : undefined;
    return own === undefined ? [] : unwrap(own);
  }
  if (schema instanceof z.ZodArray) return unwrap(schema.element);
  return schema instanceof z.ZodRecord ? unwrap(schema.valueType) : [];
}

/** The schemas that a value itself is held against: without defaults, transformations and alternatives. */
function unwrap(schema: z.core.$ZodType): z.core.$ZodType[] {
  if (schema instanceof z.ZodPipe) return unwrap(schema.in);
  if (schema instanceof z.ZodUnion) return schema.options.flatMap(unwrap);
  if (
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable
  ) {
    return unwrap(schema.unwrap());
  }
  return [schema];
}
