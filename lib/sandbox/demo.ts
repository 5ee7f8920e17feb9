/**
 * The credential that the sandbox knows from the start. It opens nothing but the sandbox, so it is plain here; tests also
 * search every byte that reaches a browser for it.
 */
export const demo = {
  access: 'SANDBOXDEMOACCESS0001',
  secret: 'SandboxDemoSecretKey-not-for-real-use-0001',
  project: '0a1b2c3d4e5f60718293a4b5c6d7e8f9',
  region: 'cn-north-4',
} as const
