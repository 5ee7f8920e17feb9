import type { Instance, Run, World } from '../world'

/** Seconds that one task takes. */
export const paceOf = (world: World, instance: Instance, run?: Run) =>
  run?.secondsPerTask ?? instance.secondsPerTask ?? world.secondsPerTask

/** Milliseconds from the start of a run until its first task. */
export const waitOf = (world: World, instance: Instance) => (paceOf(world, instance) * 1000) / 3
