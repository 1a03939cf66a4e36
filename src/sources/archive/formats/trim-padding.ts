import { isRecord } from '../../../model/log-event.ts';

/**
 * Gives a record without the blanks around its texts where its event type has some: a column of a fixed width fills them up, and
 * no rule would know the type or the outcome again. Any other record is given back as it is.
 */
export function trimPadding(record: unknown): unknown {
  const eventType = isRecord(record) ? record['eventType'] : null;
  if (typeof eventType !== 'string' || eventType === eventType.trim()) return record;
  return JSON.parse(JSON.stringify(record), trimText);
}

function trimText(_key: string, value: unknown): unknown {
  return typeof value === 'string' ? value.trim() : value;
}
