import {
  type AnswerValidator,
  createAnswerValidator,
  type DescribedSchema,
} from './openapi-answers.ts';
import type { Answer } from './simulator-answer.ts';
import type { Endpoint, FaultAction } from './simulator-fault.ts';

const SCHEMAS: Readonly<Record<Endpoint, DescribedSchema>> = {
  logs: 'LogEvent',
  support: 'OrgOktaSupportSettingsObj',
  'support-cases': 'OktaSupportCases',
  token: 'Error',
  other: 'Error',
};

export interface SaidAnswer {
  readonly endpoint: Endpoint;
  readonly answer: Answer;
  readonly fault: FaultAction | null;
}

/** Compiling the description takes longer than most tests; all simulators of a process share it. */
let sharedValidator: AnswerValidator | null = null;

/**
 * Gives a function that throws where an answer is not what Okta describes.
 * Every event is checked once, however often it is asked for. The token endpoint is left out, because the
 * management API description does not hold it; so are a record that a fault slipped in and a refusal without body.
 */
export function createAnswerCheck(): (said: SaidAnswer) => void {
  sharedValidator ??= createAnswerValidator();
  const validator = sharedValidator;
  const checked = new WeakSet<object>();
  return ({ endpoint, answer, fault }) => {
    if (endpoint === 'token' || answer.body === '') return;
    if (answer.status !== 200) {
      validator.check('Error', answer.body);
      return;
    }
    if (endpoint !== 'logs') {
      validator.check(SCHEMAS[endpoint], answer.body);
      return;
    }
    const slipped = fault?.kind === 'page' ? fault.page.foreignRecord : undefined;
    for (const event of answer.body as object[]) {
      if (event === slipped || checked.has(event)) continue;
      validator.check('LogEvent', event);
      checked.add(event);
    }
  };
}
