/** What an endpoint of the simulator says, before it becomes bytes. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** An error in the form of Okta's API. Source: https://developer.okta.com/docs/reference/error-codes/ */
export function oktaError(
  status: number,
  errorCode: string,
  errorSummary: string,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  const body = {
    errorCode,
    errorSummary,
    errorLink: errorCode,
    errorId: `oae${errorCode}simulated`,
    errorCauses: [],
  };
  return { status, headers, body };
}

/** An error in the form of OAuth 2.0, as the token endpoint gives it. */
export function oauthError(
  status: number,
  error: string,
  description: string,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return { status, headers, body: { error, error_description: description } };
}

/** The answer with more headers; its own win. */
export function withHeaders(answer: Answer, headers: Readonly<Record<string, string>>): Answer {
  return { ...answer, headers: { ...headers, ...answer.headers } };
}
