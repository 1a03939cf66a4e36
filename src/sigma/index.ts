/** The rule language as a module: texts in, checks and problems out. README.md beside this file shows its use. */
export { type CompiledRules, compileRules } from './compile-rules.ts';
export { type ParsedSigmaFile, parseSigmaDocuments } from './parse/parse-sigma-documents.ts';
export { completeEvent, parseCases, type RuleCase, runCases } from './run-cases.ts';
export { documentsFromObjects, type SigmaDocument } from './sigma-document.ts';
export { nameRule, type SigmaProblem } from './sigma-problem.ts';
