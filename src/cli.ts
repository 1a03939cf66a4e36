import { buildProgram } from './cli/build-program.ts';
import { reportFailure } from './cli/report-failure.ts';

buildProgram(process).parseAsync(process.argv).catch(reportFailure);
