import { serveAsArchiveWorker } from '../../src/sources/archive/archive-worker.ts';

serveAsArchiveWorker();
