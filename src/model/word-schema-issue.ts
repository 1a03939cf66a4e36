import type { z } from 'zod';

/** Says what to write where a file that a person wrote does not fit; what a schema says itself goes before it. */
export const wordSchemaIssue: z.core.$ZodErrorMap = (issue) => {
  if (issue.code === 'too_small' && issue.origin !== 'number') return 'must not be empty';
  const form = describeForm(issue);
  if (form === null) return undefined;
  return issue.input === undefined ? `is missing; write ${form}` : `write ${form}`;
};

function describeForm(issue: z.core.$ZodRawIssue): string | null {
  if (issue.code === 'invalid_format' && issue.format === 'url') return 'the URL of a page';
  if (issue.code === 'invalid_value') return `one of ${issue.values.map(String).join(', ')}`;
  if (issue.code !== 'invalid_type') return null;
  const isNumberOrSwitch = typeof issue.input === 'number' || typeof issue.input === 'boolean';
  if (issue.expected === 'string' && isNumberOrSwitch) return 'a text, in quotes';
  return FORMS[issue.expected] ?? null;
}

const FORMS: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list, as [one, two]',
  object: 'a map of keys and values',
  record: 'a map of keys and values',
};
