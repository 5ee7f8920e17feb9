import 'server-only'
import type { RunBlock } from '../../../contract/console/retention-vocabulary'

/** A check failed before SWR was told anything: nothing is deleted. */
export class Refused extends Error {
  constructor(
    readonly block: RunBlock,
    /** A problem's code that says more. */
    readonly failure: string | null = null,
    readonly text = '',
  ) {
    super(block)
  }
}
