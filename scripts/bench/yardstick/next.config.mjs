import { fileURLToPath } from 'node:url'

// The yardstick has no packages of its own: it measures the versions that the console uses.
const root = fileURLToPath(new URL('../../..', import.meta.url))

/** @type {import('next').NextConfig} */
export default {
  reactStrictMode: true,
  agentRules: false,
  outputFileTracingRoot: root,
  turbopack: { root },
  // Next looks for proxy.ts and instrumentation.ts in the folders above too: those of the console are none of a bare page.
  pageExtensions: ['js', 'jsx'],
}
