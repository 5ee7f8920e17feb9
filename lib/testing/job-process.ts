import 'server-only'
import { auditStore } from '../audit/audit-store'
import { registerJobKinds } from '../insight/job-kinds'
import { releaseJobs, startJobs } from '../jobs/runner'

/*
 * The background work of a console, alone in a process that tests may kill at any moment. It begins as a console does that
 * owns its database: nobody carries out anything then.
 */
const store = await auditStore()
await releaseJobs(store.db)
registerJobKinds()
process.stdout.write('ready\n')
await startJobs(store)
