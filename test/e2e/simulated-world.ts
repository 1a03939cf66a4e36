import type { InputName } from '../../src/config/input-table.ts';
import type { RawEvent } from '../../src/model/log-event.ts';
import {
  ACTIONS_SECRET,
  type GitHubSimulator,
  startGitHub,
} from '../simulators/github/start-github.ts';
import { createServiceApp, type ServiceApp } from '../simulators/okta/service-app.ts';
import {
  type OktaSimulator,
  type OktaSimulatorOptions,
  startOktaSimulator,
} from '../simulators/okta/start-okta-simulator.ts';
import { type ActionResult, makeDirectory, runAction } from './run-action.ts';

export interface SimulatedWorld {
  readonly okta: OktaSimulator;
  readonly github: GitHubSimulator;
  readonly app: ServiceApp;
  readonly workspace: string;
  /** Runs the built action at an instant of its own, with the service app and whatever inputs are given beside it. */
  audit(at: string, inputs?: Partial<Record<InputName, string>>): Promise<ActionResult>;
  close(): Promise<void>;
}

/** An Okta tenant, a GitHub and a workspace in which nights pass as fast as the action runs. */
export async function startWorld(
  options: Partial<Omit<OktaSimulatorOptions, 'now'>> & {
    readonly events?: readonly RawEvent[];
  } = {},
): Promise<SimulatedWorld> {
  let nightMs = Date.now();
  let nightStartedMs = performance.now();
  const readClock = () => nightMs + (performance.now() - nightStartedMs);
  const app = createServiceApp();
  const github = await startGitHub({
    repositories: {
      'acme/security': 'private',
      'acme/public': 'public',
      'acme/shared': 'internal',
    },
  });
  const okta = await startOktaSimulator({
    clients: [app.client],
    ...options,
    now: readClock,
    clientNow: readClock,
  });
  const workspace = makeDirectory();
  return {
    okta,
    github,
    app,
    workspace,
    async audit(at, inputs = {}) {
      nightMs = Date.parse(at);
      nightStartedMs = performance.now();
      return runAction({
        workspace,
        githubApiUrl: github.url,
        now: at,
        inputs: {
          'okta-org-url': okta.url,
          'okta-client-id': app.client.clientId,
          'okta-private-key': app.privateKeyPem,
          'github-token': ACTIONS_SECRET,
          ...inputs,
        },
      });
    },
    async close() {
      await okta.close();
      await github.close();
    },
  };
}
