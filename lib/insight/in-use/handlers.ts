import 'server-only'
import { oneByOne } from '../../concurrency'
import { ProblemError } from '../../contract/problem'
import { type InUseCluster, listClusters, removeCluster, replaceCluster, usualInUseHours } from '../../db/in-use'
import { globalSlot } from '../../global-slot'
import { readPodList } from '../../policy/in-use/read'
import type { ConsoleHandlers } from '../handler'
import { slicesWithoutEnd } from '../time-slice'

/** Of a large list, reading makes many small values: one list at a time bounds the memory for them. */
const inTurn = globalSlot('in-use-reading', oneByOne)

/** More would be no fleet of one company, but a name that a pipeline makes up each time. */
const mostClusters = 500

const toCluster = ({ cluster, images, at, expires, actorName }: InUseCluster) => ({
  cluster,
  images,
  at: at.toISOString(),
  expires: expires.toISOString(),
  actorName,
})

const refuse = (field: string, code: string, detail?: string) =>
  new ProblemError({ status: 422, code: 'invalid_request', fields: { [field]: code }, ...(detail && { detail }) })

export const inUseHandlers: ConsoleHandlers<'inUseList' | 'inUsePut' | 'inUseDelete'> = {
  inUseList: async ({ known }) => ({ clusters: (await listClusters(known.db)).map(toCluster) }),

  async inUsePut({ actor, known, tell, params: { cluster }, body }) {
    tell({ objectName: cluster })
    const reading = await inTurn()(() => slicesWithoutEnd().finish(readPodList(body.text)))
    if (reading.state === 'refused') throw refuse('body.text', reading.reason, reading.said)
    const clusters = await listClusters(known.db)
    if (clusters.length >= mostClusters && !clusters.some((each) => each.cluster === cluster))
      throw refuse('params.cluster', 'clusters_many')
    const hours = body.hours ?? (await usualInUseHours(known.db))
    const row = await replaceCluster(known.db, { cluster, actorName: actor.email, hours }, reading.images)
    tell({ after: { images: row.images, unreadable: reading.unreadable, expires: row.expires.toISOString() } })
    return { ...toCluster(row), unreadable: reading.unreadable }
  },

  async inUseDelete({ known, tell, params: { cluster } }) {
    tell({ objectName: cluster })
    if (!(await removeCluster(known.db, cluster))) throw new ProblemError({ status: 404, code: 'cluster_unknown' })
    return {}
  },
}
