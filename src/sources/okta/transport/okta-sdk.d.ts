/** The three exports of the SDK's transport that we use; its published types do not cover deep imports. */
declare module '@okta/okta-sdk-nodejs/src/http.js' {
  export class Http {
    constructor(config: {
      readonly requestExecutor: import('./sdk-executor.ts').SdkExecutor;
      readonly cacheMiddleware: null;
      readonly oauth?: import('@okta/okta-sdk-nodejs/src/oauth.js').OAuth;
      readonly httpsProxy?: object;
    });
    readonly defaultHeaders: Record<string, string>;
    readonly agent?: import('node:http').Agent;
    http(
      url: string,
      request: { readonly method: string; readonly headers: Readonly<Record<string, string>> },
    ): Promise<import('./attempt-http.ts').HttpAnswer>;
  }
}

declare module '@okta/okta-sdk-nodejs/src/oauth.js' {
  export class OAuth {
    constructor(client: {
      readonly baseUrl: string;
      readonly clientId: string;
      /** Read anew for every token. */
      readonly scopes: readonly string[];
      readonly privateKey: string;
      readonly requestExecutor: import('./sdk-executor.ts').SdkExecutor;
    });
  }
}
