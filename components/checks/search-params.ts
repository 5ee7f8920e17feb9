import { parseAsStringLiteral } from 'nuqs/server'
import { severities } from '@/components/findings/severity'
import type { ConsoleInput } from '@/lib/contract/console/schemas'
import { findingKinds } from '@/lib/contract/vocabulary'
import type { InstanceLocation } from '@/lib/routes'

/** Which findings are shown. */
export const checkAddress = { severity: parseAsStringLiteral(severities), kind: parseAsStringLiteral(findingKinds) }

/** What the checks are asked with: the page's first HTML and its refresh meet by it. */
export const checkListInput = ({ connection, instance }: InstanceLocation): ConsoleInput<'checkList'> => ({
  params: { connection, instance_id: instance },
})
