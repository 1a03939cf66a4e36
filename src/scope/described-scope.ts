import type { Scope } from '../model/scope.ts';

/** A statement about an incident; without a source it is an inference of whoever wrote the file. */
interface Statement {
  readonly says: string;
  readonly source: string | null;
}

/** What is known about an incident beyond what an audit needs: for briefings and documents. */
export interface Background {
  /** `2022-03-22`, the day on which it became public; null where the file does not say. */
  readonly published: string | null;
  readonly facts: readonly Statement[];
  /** Pages that give the windows; null where they are an inference. */
  readonly coreSource: string | null;
  readonly reviewSource: string | null;
}

/** A scope as its file describes it. */
export interface DescribedScope extends Scope {
  readonly background: Background;
}
