import { demo } from './demo'
import { ports, size } from './env'
import { startSandbox } from './start'

// The sandbox as a process of its own: `tsx lib/sandbox/listen.ts`.
const sandbox = await startSandbox({ ...ports(), size: size() })
console.log(`SWR sandbox ${sandbox.url} (control ${sandbox.controlUrl}), project ${demo.project}`)

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, async () => {
    await sandbox.close()
    process.exit(0)
  })
