import 'server-only'
import { auditStore } from '../audit/audit-store'
import { releaseLeases } from '../db/lease'
import { registerJobKinds } from '../insight/job-kinds'
import { releaseJobs, startJobs } from '../jobs/runner'

/*
 * The background work of a console, alone in a process that tests may kill at any moment. It begins as a console does that
 * owns its database: nobody carries out or holds anything then.
 */
const store = await auditStore()
await Promise.all([releaseLeases(store.db), releaseJobs(store.db)])
registerJobKinds()
process.stdout.write('ready\n')
await startJobs(store)
