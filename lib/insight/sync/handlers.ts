import 'server-only'
import type { syncOperations } from '../../contract/console/sync'
import type { ConsoleHandlers } from '../handler'
import { autoHandlers } from './auto'
import { changeHandlers } from './change'
import { planHandlers } from './plan'
import { referenceHandlers } from './references'
import { searchHandlers } from './search'
import { showHandlers } from './show'
import { startHandlers } from './start'

export const syncHandlers: ConsoleHandlers<keyof typeof syncOperations> = {
  ...referenceHandlers,
  ...searchHandlers,
  ...planHandlers,
  ...startHandlers,
  ...showHandlers,
  ...changeHandlers,
  ...autoHandlers,
}
