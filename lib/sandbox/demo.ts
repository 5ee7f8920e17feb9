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

/** The same in the account's second region, whose instance is the target of many policies of the first. */
export const demoEurope = {
  access: 'SANDBOXDEMOACCESS0002',
  secret: 'SandboxDemoSecretKey-not-for-real-use-0002',
  project: '9c8b7a6d5e4f30211203f4e5d6a7b8c9',
  region: 'eu-west-101',
} as const

/** A third region, in which the account uses the Basic Edition alone. */
export const demoHongKong = {
  access: 'SANDBOXDEMOACCESS0003',
  secret: 'SandboxDemoSecretKey-not-for-real-use-0003',
  project: '5d4c3b2a1f0e9d8c7b6a5f4e3d2c1b0a',
  region: 'ap-southeast-1',
} as const
