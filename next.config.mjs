import { readdirSync } from 'node:fs'
import createNextIntlPlugin from 'next-intl/plugin'

const english = 'lib/i18n/messages/en'

/** @type {import('next').NextConfig} */
const config = {
  poweredByHeader: false,
  // No route of an optimizer; requests for it end in lib/net/request-refusal.ts.
  images: { unoptimized: true },
  reactStrictMode: true,
  typedRoutes: true,
  agentRules: false,
  // A lockfile in a parent folder would make Next guess a wrong root.
  outputFileTracingRoot: import.meta.dirname,
  turbopack: { root: import.meta.dirname },
  // Done for files when the console is built, for pages by lib/net/encoding/compress-response.ts: both know brotli, Next only gzip.
  compress: false,
  // Bundled, the WebAssembly of the first is looked for in the wrong place; the others ask for packages that are not there.
  serverExternalPackages: ['@electric-sql/pglite', 'compression', 'send'],
  outputFileTracingIncludes: { '/**': ['./lib/db/migrations/**'] },
  // A page asks for at most 15 files: fewer and larger chunks also compress better (npm run bench).
  experimental: { turbopackChunking: { minChunkSize: 400_000 } },
}

export default createNextIntlPlugin({
  requestConfig: './lib/i18n/request.ts',
  experimental: {
    // Types of the messages' ICU arguments; the generated *.d.json.ts files are ignored by git.
    createMessagesDeclaration: readdirSync(english)
      .filter((name) => name.endsWith('.json'))
      .map((name) => `./${english}/${name}`),
    // Read when the console is built: what formats them then needs neither a parser nor time for it.
    messages: { path: './lib/i18n/messages', format: 'json', locales: 'infer', precompile: true },
  },
})(config)
