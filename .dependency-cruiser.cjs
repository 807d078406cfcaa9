/** Who may import whom; docs/architecture.md says why. */
const layer = (name) => `^${name}/`;

/** Everything of ours that `from` may not import. */
function only(from, allowed, comment) {
  const layers = [
    'core',
    'schema',
    'dialects',
    'adapters',
    'activities',
    'workflows',
    'workers',
    'cli',
    'web',
    'serve',
    'deploy',
    'bench',
    'test',
  ];
  const forbidden = layers.filter((name) => name !== from && !allowed.includes(name));
  return {
    name: `${from}-imports`,
    comment,
    severity: 'error',
    from: { path: layer(from), pathNot: '\\.test\\.ts$' },
    to: { path: `^(${forbidden.join('|')})/` },
  };
}

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    only('core', [], 'core imports nothing but itself.'),
    only('schema', ['core'], 'schema imports core.'),
    only('dialects', ['core', 'schema'], 'dialects import core and schema.'),
    only('adapters', ['core', 'schema'], 'adapters import core and schema.'),
    only(
      'activities',
      ['core', 'schema', 'dialects', 'adapters', 'web'],
      'activities import core, schema, dialects, adapters and the report page.',
    ),
    only('workflows', ['core', 'activities'], 'workflows import core, and types of activities.'),
    only(
      'cli',
      ['core', 'schema', 'dialects', 'adapters', 'workflows', 'deploy', 'workers', 'web', 'serve'],
      'cli imports core, schema, dialects, adapters, the local stack, the report page, answering, and types of workflows.',
    ),
    only('web', ['core'], 'The pages import core.'),
    only(
      'serve',
      ['core', 'schema', 'dialects', 'adapters', 'web'],
      'Answering questions imports core, schema, dialects, adapters and the playground page.',
    ),
    only('deploy', ['core', 'schema'], 'The local stack imports core and schema.'),
    {
      name: 'core-needs-nothing',
      comment: 'core is pure: no Node built-in, nothing from npm.',
      severity: 'error',
      from: { path: '^core/', pathNot: '\\.test\\.ts$' },
      to: { dependencyTypes: ['core', 'npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'unknown'] },
    },
    {
      name: 'workflows-need-temporal-alone',
      comment:
        'Workflow code is replayed: nothing from npm but @temporalio/workflow and @temporalio/common, no Node built-in.',
      severity: 'error',
      from: { path: '^workflows/' },
      to: {
        dependencyTypes: ['core', 'npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'unknown'],
        pathNot: '@temporalio/(workflow|common)',
      },
    },
    {
      name: 'only-types-across',
      comment: 'Of activities, workflows take types alone; of workflows, so do cli and activities.',
      severity: 'error',
      from: { path: '^(workflows|cli|activities)/' },
      to: { path: '^(activities|workflows)/', pathNot: '^$1/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'nothing-imports-roots',
      comment:
        'workers, cli and test are where programs begin; nothing imports them. `dialectic worker` alone starts a worker.',
      severity: 'error',
      from: { pathNot: ['^(test|bench)/', '^cli/commands/worker\\.ts$', '^workers/', '^cli/'] },
      to: { path: '^(workers|cli|test)/' },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      from: {
        orphan: true,
        path: '^(core|schema|dialects|adapters|activities|workflows|cli)/.*\\.ts$',
        pathNot: ['\\.d\\.ts$', '^workflows/index\\.ts$', '\\.test\\.ts$'],
      },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|dist\\.partial|\\.dialectic)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.mjs', '.js', '.json'] },
  },
};
