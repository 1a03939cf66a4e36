declare module '@vercel/ncc' {
  interface Options {
    readonly filename: string;
    readonly minify: boolean;
    readonly cache: false;
    readonly quiet: boolean;
    readonly license: string | undefined;
  }
  interface Bundle {
    readonly code: string;
    readonly assets: Readonly<Record<string, { readonly source: string | Buffer }>>;
  }
  /** Source: https://github.com/vercel/ncc#programmatically-from-nodejs */
  export default function ncc(entry: string, options: Options): Promise<Bundle>;
}
