/** Which program ran, where and by whose order; what a report says about itself. */
export interface RunIdentity {
  readonly tool: { readonly name: string; readonly version: string };
  readonly run: { readonly url: string; readonly trigger: string } | null;
  readonly config: { readonly path: string; readonly sha256: string } | null;
}
