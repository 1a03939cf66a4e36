import { writeSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';
import { ASKED_TYPES, ASKED_WINDOW } from '../generate-archive.ts';

const [path = ''] = process.argv.slice(2);
const instance = await DuckDBInstance.create();
const connection = await instance.connect();
const types = ASKED_TYPES.map((type) => `'${type}'`).join(', ');
const [since, until] = [ASKED_WINDOW.sinceMs, ASKED_WINDOW.untilMs].map((instantMs) =>
  new Date(instantMs).toISOString(),
);
const answer = await connection.runAndReadAll(`
  SELECT uuid FROM read_ndjson('${path}', columns = {uuid: 'VARCHAR', eventType: 'VARCHAR', published: 'VARCHAR'})
  WHERE eventType IN (${types}) AND published >= '${since}' AND published < '${until}'`);
writeSync(1, `${answer.getRows().join('\n')}\n`);
