import { writeFileSync } from 'node:fs';
import { compileScanner, SCANNER_MODULE } from './compile-scanner.ts';

writeFileSync(SCANNER_MODULE, await compileScanner());
