import 'server-only'
import type { Actor } from '../contract/actor'
import { allows } from '../contract/roles'
import { systemActor } from '../contract/system-actor'
import type { Db } from '../db/schema'
import { currentRole } from './actor-role'
import type { Hold } from './hold'
import { type JobKind, Paused, Stopped } from './job'
import { stopJob } from './store'

/** Who acts for a job, and whether the next step of it may be taken. */
export class Standing<Data> {
  actor: Actor

  constructor(
    private readonly db: Db,
    private readonly kind: JobKind<Data>,
    private readonly hold: Hold<Data>,
    private readonly isClosing: () => boolean,
  ) {
    this.actor = this.person(hold.job.role)
  }

  private person(role: Actor['role']): Actor {
    const { actorId, actorName } = this.hold.job
    return { id: actorId, name: actorName, email: actorName, role }
  }

  async permit(): Promise<void> {
    this.hold.check()
    const now = await this.hold.look()
    // Tidying up is for the next console, too.
    if (this.isClosing()) throw new Paused()
    if (now.stop) {
      this.actor = systemActor
      throw new Stopped(now.stop.reason)
    }
    const role = await currentRole(this.db, now.actorId, now.connection)
    if (!role || !allows(role, this.kind.role)) {
      this.actor = systemActor
      await stopJob(this.db, this.kind, now.id, { reason: 'right_lost', name: now.actorName })
      throw new Stopped('right_lost')
    }
    this.actor = this.person(role)
    if (now.paused) throw new Paused()
  }
}
