import 'server-only'
import { consoleRoutes } from '../../contract/console/operations'
import type { retentionOperations } from '../../contract/console/retention'
import { ProblemError } from '../../contract/problem'
import { basicRetentionHandlers } from '../basic-retention/handlers'
import type { ConsoleHandlers } from '../handler'
import { inUseHandlers } from '../in-use/handlers'
import { archiveHandlers } from './archive/handlers'
import { retentionDecide } from './decide'
import { dryRunHandlers } from './dry-run/handlers'
import { executionHandlers } from './executions'
import { retentionIndex } from './index-rows'
import { realRunHandlers } from './real-run/handlers'
import { settingsHandlers } from './settings'

const unbuilt = async (): Promise<never> => {
  throw new ProblemError({ status: 501, code: 'unexpected' })
}

type Names = keyof typeof retentionOperations

// biome-ignore lint/suspicious/noExplicitAny: stand-ins until the parts are merged
const stubs: any = Object.fromEntries(Object.keys(consoleRoutes).map((name) => [name, unbuilt]))

/** One file for each subject. */
export const retentionHandlers: ConsoleHandlers<Names> = {
  retentionDecide,
  retentionIndex,
  ...dryRunHandlers,
  ...realRunHandlers,
  ...archiveHandlers,
  ...executionHandlers,
  ...settingsHandlers,
  ...inUseHandlers,
  ...basicRetentionHandlers,
}
