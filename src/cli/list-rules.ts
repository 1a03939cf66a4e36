import { compileRuleFiles } from '../audit/compile-rule-files.ts';
import { NO_TUNING } from '../model/tuning.ts';
import { drawTable } from '../report/draw-table.ts';

/** Lists the built-in rules, by name. */
export function listRules(stream: NodeJS.WritableStream): void {
  const { checks } = compileRuleFiles({ ruleFiles: [], tuning: NO_TUNING });
  stream.write(
    drawTable({
      head: ['rule', 'severity', 'title'],
      rows: checks.map((check) => [check.id, check.severity, check.title]),
    }),
  );
}
