/**
 * Who may import whom: imports point down, and there is no circle, not even by types. `npm run architecture` checks it and
 * compares the picture in docs/architecture.md.
 */

/** What each folder may import besides itself and packages. Anything else is an import that points up. */
const layers = {
  'lib/contract': ['lib/contract'],
  'lib/policy': ['lib/contract', 'lib/i18n/chinese.ts'],
  'lib/net': ['lib/contract'],
  'lib/env': ['lib/contract', 'lib/net'],
  'lib/db': ['lib/contract', 'lib/net', 'lib/env'],
  'lib/audit': ['lib/contract', 'lib/net', 'lib/env', 'lib/db'],
  'lib/auth': ['lib/contract', 'lib/net', 'lib/env', 'lib/db', 'lib/audit'],
  'lib/swr': ['lib/contract', 'lib/policy', 'lib/net', 'lib/env', 'lib/db', 'lib/audit'],
  'lib/jobs': ['lib/contract', 'lib/net', 'lib/env', 'lib/db', 'lib/audit'],
  'lib/insight': ['lib/contract', 'lib/policy', 'lib/net', 'lib/env', 'lib/db', 'lib/audit', 'lib/swr', 'lib/jobs'],
  'lib/api': [
    'lib/contract',
    'lib/policy',
    'lib/net',
    'lib/env',
    'lib/db',
    'lib/audit',
    'lib/auth',
    'lib/swr',
    'lib/jobs',
    'lib/insight',
    // Exports are read by people.
    'lib/i18n',
  ],
  // In the browser; `prefetch` and `version` are the server's side of the same keys.
  'lib/query': ['lib/contract', 'lib/policy', 'lib/auth', 'lib/swr', 'lib/api'],
  'lib/i18n': ['lib/contract'],
  // The signer is the same on both sides: recorded vectors and the official signer vouch for it.
  'lib/sandbox': ['lib/contract', 'lib/swr/sign.ts'],
}

/** Single modules of `lib` that every folder above them may use. */
const shared = {
  routes: '^lib/routes\\.ts$',
  theme: '^lib/theme\\.ts$',
  cache: '^lib/(cache|concurrency|global-slot|short-hash)\\.ts$',
}

const folder = (path) => (path.endsWith('.ts') ? `^${path}$` : `^${path}/`)
const test = '\\.(test|e2e)\\.tsx?$|^lib/testing/|^lib/vitest\\.config\\.ts$'
const sharedKinds =
  'ui|form|table|shell|context|diff|match|picker|policy|schedule|findings|partial-run|registry-name|history|run|deletion|retention-limits'

const pointsUp = Object.entries(layers).map(([from, to]) => ({
  name: `up from ${from}`,
  severity: 'error',
  comment: `${from} imports only what lies below it.`,
  from: { path: folder(from), pathNot: test },
  to: {
    path: '^(app|components|lib|e2e)/',
    pathNot: [folder(from), ...to.map(folder), ...Object.values(shared)],
  },
}))

export default {
  forbidden: [
    { name: 'no circle', severity: 'error', from: {}, to: { circular: true } },
    ...pointsUp,
    {
      name: 'pure',
      severity: 'error',
      comment: 'contract and policy know nothing of a framework, a server or a browser.',
      from: { path: '^lib/(contract|policy)/', pathNot: [test, '^lib/contract/parse-input\\.ts$'] },
      to: {
        path: 'node_modules/(react|react-dom|next|@tanstack|undici|server-only|pg|drizzle-orm)/|^(node:)?(fs|http|path|crypto)$',
      },
    },
    {
      name: 'server work knows no screen',
      severity: 'error',
      from: { path: '^lib/(net|env|db|audit|swr|jobs|insight|api|sandbox)/', pathNot: test },
      to: { path: 'node_modules/(react|react-dom|@tanstack)/' },
    },
    {
      name: 'components know no server',
      severity: 'error',
      from: { path: '^components/', pathNot: test },
      to: {
        path: '^(app|e2e)/|^lib/(net|env|db|audit|auth|swr|jobs|insight|api|sandbox|testing)/|^lib/query/(prefetch|version)\\.ts$',
      },
    },
    {
      name: 'ui knows nothing of SWR',
      severity: 'error',
      from: { path: '^components/ui/' },
      to: { path: '^(app|components|lib)/', pathNot: '^components/ui/' },
    },
    {
      name: 'kinds do not import each other',
      severity: 'error',
      from: { path: '^components/([^/]+)/', pathNot: `^components/(${sharedKinds})/` },
      to: { path: '^components/', pathNot: [`^components/(${sharedKinds})/`, '^components/$1/'] },
    },
    {
      name: 'shared components do not import a kind',
      severity: 'error',
      from: { path: `^components/(${sharedKinds})/`, pathNot: test },
      to: { path: '^components/', pathNot: `^components/(${sharedKinds})/` },
    },
    {
      name: 'routes are imported by nobody',
      severity: 'error',
      from: { pathNot: '^app/' },
      to: { path: '^app/' },
    },
    {
      name: 'the sandbox is no part of the console',
      severity: 'error',
      from: { path: '^(app|components|lib)/', pathNot: [test, '^lib/sandbox/'] },
      to: { path: '^lib/sandbox/' },
    },
    {
      name: 'test support is for tests',
      severity: 'error',
      from: { pathNot: [test, '^e2e/'] },
      to: { path: test },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '\\.d\\.(json\\.)?ts$' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    parser: 'swc',
  },
}
