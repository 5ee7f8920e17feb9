import { parseAsStringLiteral } from 'nuqs/server'
import { kinds, severities } from '@/components/findings/severity'
import type { OwnIn } from '@/lib/contract/console/schemas'
import type { InstanceAt } from '@/lib/routes'

/** Which findings are shown. */
export const checkAddress = { severity: parseAsStringLiteral(severities), kind: parseAsStringLiteral(kinds) }

/** What the checks are asked with: the page's first HTML and its refresh meet by it. */
export const checkListInput = ({ connection, instance }: InstanceAt): OwnIn<'checkList'> => ({
  params: { connection, instance_id: instance },
})
