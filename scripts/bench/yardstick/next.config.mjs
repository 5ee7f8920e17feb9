import { fileURLToPath } from 'node:url'

// The yardstick has no packages of its own: it measures the versions that the console uses.
const root = fileURLToPath(new URL('../../..', import.meta.url))

/** @type {import('next').NextConfig} */
export default { reactStrictMode: true, agentRules: false, outputFileTracingRoot: root, turbopack: { root } }
