import { serveAsArchiveWorker } from '../../src/sources/archive/threads/archive-worker.ts';

serveAsArchiveWorker();
