import 'server-only'
import type { Actor } from '../contract/actor'
import { allows, type Role } from '../contract/roles'
import { systemActor } from '../contract/system-actor'
import type { Db } from '../db/schema'
import { currentRole } from './actor-role'
import type { Hold } from './hold'
import { type Job, type JobKind, Paused, Stopped } from './job'
import { stopJob } from './store'

const personOf = ({ actorId, actorName }: Pick<Job<unknown>, 'actorId' | 'actorName'>, role: Role): Actor => ({
  id: actorId,
  name: actorName,
  email: actorName,
  role,
})

/** Who acts for a job, and whether the next step of it may be taken. */
export class Standing<Data> {
  actor: Actor

  constructor(
    private readonly db: Db,
    private readonly kind: JobKind<Data>,
    private readonly hold: Hold<Data>,
    private readonly isClosing: () => boolean,
  ) {
    this.actor = personOf(hold.job, hold.job.role)
  }

  async permit(): Promise<void> {
    for (;;) {
      this.hold.check()
      const { id, connection, stop, actorId, actorName, paused } = await this.hold.look()
      // Tidying up is for the next console, too.
      if (this.isClosing()) throw new Paused()
      if (stop) {
        this.actor = systemActor
        throw new Stopped(stop.reason)
      }
      const role = await currentRole(this.db, actorId, connection)
      if (role && allows(role, this.kind.role)) {
        // Also after a stop that was taken back, in the name of who did so.
        this.actor = personOf({ actorId, actorName }, role)
        if (paused) throw new Paused()
        return
      }
      const stopped = await stopJob(this.db, this.kind, id, { reason: 'right_lost', name: actorName, actorId })
      // Unless somebody else has taken it over meanwhile.
      if (!stopped || stopped.actorId === actorId) {
        this.actor = systemActor
        throw new Stopped('right_lost')
      }
    }
  }
}
