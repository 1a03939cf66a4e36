const STAGES = [
  'config',
  'scope',
  'catalogue',
  'sources/archive',
  'sources/okta',
  'sigma',
  'checks',
  'evaluation',
  'judgement',
  'memory',
  'report',
  'publish',
  'yaml',
  'files',
];

/** Stages that a stage may use besides the model: foundations, or the one before it whose form it shares. */
const ALLOWED = {
  config: ['yaml'],
  scope: ['yaml'],
  catalogue: ['scope', 'yaml'],
  judgement: ['memory'],
  publish: ['files'],
  'sources/archive': ['files'],
};

const stageRules = STAGES.map((stage) => ({
  name: `${stage}-keeps-to-itself`,
  comment:
    'A stage knows the model and itself. What it needs of another stage comes as an argument from audit.ts, so that each can be read, tested and replaced alone.',
  severity: 'error',
  from: { path: `^src/${stage}/` },
  to: {
    path: '^src/',
    pathNot: `^src/(model/|errors\\.ts$|${[stage, ...(ALLOWED[stage] ?? [])].map((name) => `${name}/`).join('|')})`,
  },
}));

export default {
  forbidden: [
    ...stageRules,
    {
      name: 'model-depends-on-nothing',
      comment: 'The model is the vocabulary of all stages; if it knew a stage, every stage would.',
      severity: 'error',
      from: { path: '^src/(model/|errors\\.ts$)' },
      to: { path: '^src/', pathNot: '^src/(model/|errors\\.ts$)' },
    },
    {
      name: 'sigma-through-its-entry',
      comment:
        'The rule language is a module that others could take along: one entry, src/sigma/index.ts, says what it offers.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/sigma/' },
      to: { path: '^src/sigma/', pathNot: '^src/sigma/index\\.ts$' },
    },
    {
      name: 'network-at-the-edges',
      comment:
        'Only the live source and the publisher talk to the network, so that a reader can check where data goes.',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: '^src/(sources/okta/transport/|publish/github-client\\.ts$)',
      },
      to: {
        path: '^(node:)?(https?|http2|net|tls|dgram|dns)$|node_modules/(@okta|@actions/github|@actions/http-client|undici|node-fetch)/',
      },
    },
    {
      name: 'files-at-the-edges',
      comment:
        'Files are read and written by the faces, the archive source and the report writer; a core that reads files cannot be reasoned about.',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: '^src/(sources/archive/|publish/write-[a-z-]+\\.ts$|files/|connect/|cli/)',
      },
      to: { path: '^(node:)?fs(/promises)?$' },
    },
    {
      name: 'actions-toolkit-in-its-face',
      comment:
        "The runner's protocol belongs to the Action's face; the same audit runs on a terminal.",
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/action(\\.ts$|/)' },
      to: { path: 'node_modules/@actions/core/' },
    },
    {
      name: 'okta-sdk-behind-one-file',
      comment:
        "The SDK's models lose evidence and its collections truncate: only its transport is used, behind one file.",
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: '^src/sources/okta/transport/(transport\\.ts|okta-sdk\\.d\\.ts)$',
      },
      to: { path: 'node_modules/@okta/' },
    },
    ...['action', 'cli'].map((face) => ({
      name: `nobody-looks-into-the-${face}`,
      comment: 'A face stands before everything else: what both need belongs below them.',
      severity: 'error',
      from: { path: '^src/', pathNot: `^src/${face}(\\.ts$|/)` },
      to: { path: `^src/${face}(\\.ts$|/)` },
    })),
    {
      name: 'audit-knows-no-source',
      comment:
        'The order of the steps is the same whatever is read from where: sources come as a port, built by `connect`.',
      severity: 'error',
      from: { path: '^src/(audit|activity)(\\.ts$|/)' },
      to: { path: '^src/(sources|config|connect)/' },
    },
    {
      name: 'formats-know-no-framing',
      comment:
        'A format says what one value holds; how values are cut out of a file comes before it, and calls it.',
      severity: 'error',
      from: { path: '^src/sources/archive/formats/' },
      to: { path: '^src/sources/archive/(framing|files|scan|threads)/' },
    },
    {
      name: 'no-test-in-production',
      comment: 'Simulators and samples must never reach the bundle.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(test|bench|scripts)/' },
    },
    {
      name: 'no-circular',
      comment: 'A cycle means that two ideas are one, or that one stands in the wrong place.',
      severity: 'error',
      from: { path: '^src/' },
      to: { circular: true },
    },
    {
      name: 'nothing-unreachable',
      comment: 'Code that neither face reaches is dead.',
      severity: 'error',
      from: { path: '^src/(action|cli)\\.ts$' },
      to: {
        path: '^src/.+\\.ts$',
        pathNot: '\\.d\\.ts$|^src/(action|cli)\\.ts$',
        reachable: false,
      },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { extensions: ['.ts', '.js', '.mjs', '.json'] },
  },
};
