import 'server-only'
import type { Findings } from '../../contract/console/checks'
import { addMute, listMutes, removeMute } from '../../db/finding-mutes'
import type { Db } from '../../db/schema'
import type { InstanceLocation } from '../../routes'
import type { ConsoleHandlers } from '../handler'

/** What was found, with what was accepted of it. */
export async function withMutes(db: Db, location: InstanceLocation, found: Findings): Promise<Findings> {
  const mutes = await listMutes(db, location)
  return {
    ...found,
    findings: found.findings.map((finding) => {
      const mute = mutes.get(finding.id)
      if (!mute) return finding
      const { reason, actorName, at } = mute
      return { ...finding, muted: { reason, actorName, at: at.toISOString() } }
    }),
  }
}

const locationOf = ({ connection, instance_id: instance }: { connection: string; instance_id: string }) => ({
  connection,
  instance,
})

export const muteHandlers: ConsoleHandlers<'findingMute' | 'findingUnmute'> = {
  async findingMute({ actor, known, tell, params, body: { finding, reason } }) {
    tell({ objectId: finding, objectName: finding, after: { muted: true, reason } })
    const mute = { finding, reason, actorName: actor.email, at: new Date() }
    await addMute(known.db, locationOf(params), mute)
    return {}
  },

  async findingUnmute({ known, tell, params, body: { finding } }) {
    tell({ objectId: finding, objectName: finding, before: { muted: true } })
    await removeMute(known.db, locationOf(params), finding)
    return {}
  },
}
