import { createEmulator } from 'emulate';

/** One answer of the emulator, with its own address already replaced by the one that clients know. */
export interface EmulatedAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed JSON; null where the answer has no body. */
  readonly body: unknown;
}

export interface EmulatedCall {
  readonly login: string;
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly body?: unknown;
}

export interface EmulatedGitHub {
  call(call: EmulatedCall): Promise<EmulatedAnswer>;
  close(): Promise<void>;
}

export interface EmulatedSeed {
  readonly logins: readonly string[];
  /** `owner/name`; every login may do everything in each, as access is decided in front of the emulator. */
  readonly repositories: readonly string[];
  /** The origin that clients know, which replaces the emulator's own in every answer. */
  readonly publicUrl: string;
}

const KEPT_HEADERS = ['content-type', 'link', 'location', 'x-ratelimit-limit'];

/** Starts the stateful part of GitHub: repositories, issues, labels and comments, kept by `emulate`. */
export async function startEmulatedGitHub(seed: EmulatedSeed): Promise<EmulatedGitHub> {
  const owners = [...new Set(seed.repositories.map((repository) => ownerOf(repository)))];
  const emulator = await createEmulator({
    service: 'github',
    port: 0,
    seed: {
      tokens: Object.fromEntries(seed.logins.map((login) => [tokenOf(login), { login }])),
      github: {
        users: seed.logins.map((login) => ({ login })),
        orgs: owners.map((login) => ({
          login,
          members: seed.logins.map((member) => ({ login: member, role: 'admin' })),
        })),
        repos: seed.repositories.map((repository) => ({
          owner: ownerOf(repository),
          name: repository.split('/')[1],
          private: true,
        })),
      },
    },
  });
  const loopbackUrl = emulator.url.replace('//localhost:', '//127.0.0.1:');

  async function call({ login, method, path, body }: EmulatedCall): Promise<EmulatedAnswer> {
    const response = await fetch(`${loopbackUrl}${path}`, {
      method,
      headers: { authorization: `Bearer ${tokenOf(login)}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = replaceAddress(await response.text());
    return {
      status: response.status,
      headers: Object.fromEntries(
        KEPT_HEADERS.flatMap((name) => {
          const value = response.headers.get(name);
          return value === null ? [] : [[name, replaceAddress(value)]];
        }),
      ),
      body: text === '' ? null : JSON.parse(text),
    };
  }

  function replaceAddress(text: string): string {
    return text.replaceAll(emulator.url, seed.publicUrl).replaceAll(loopbackUrl, seed.publicUrl);
  }

  return { call, close: () => emulator.close() };
}

function ownerOf(repository: string): string {
  return repository.split('/')[0] ?? repository;
}

function tokenOf(login: string): string {
  return `emulated-${login}`;
}
