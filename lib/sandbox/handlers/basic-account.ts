import type { basicOperations } from '../../contract/swr/basic'
import { organizationName } from '../../contract/vocabulary'
import { basicRefusal } from '../errors'
import { textField } from '../json-fields'
import type { Organization } from '../world'
import { type Handlers, organizationOf } from './handler'

export type AccountOperations = Pick<
  typeof basicOperations,
  'organizationShow' | 'organizationCreate' | 'basicQuotaList' | 'basicFeatureGateShow' | 'agencyShow'
>

export const domainId = '05000000000000000000000000000000'
const organizationQuota = 200

export const organizationRow = ({ id, name, creator, auth }: Organization) => ({
  id,
  name,
  creator_name: creator,
  auth,
})

/** Organizations of their own, and what an account may do in its region. */
export const accountHandlers: Handlers<AccountOperations> = {
  organizationShow(world, call) {
    const found = organizationOf(world, call.project, call.param('namespace'))
    if (!found) throw basicRefusal('organizationMissing', call.param('namespace'))
    return { body: organizationRow(found) }
  },
  organizationCreate(world, { body, project }) {
    const name = textField(body, 'namespace')
    if (!organizationName.test(name)) throw basicRefusal('organizationName', name, 'wrapped')
    if (organizationOf(world, project, name)) throw basicRefusal('invalid', '', 'wrapped')
    if (world.organizations.filter((row) => row.project === project).length >= organizationQuota)
      throw basicRefusal('tooManyOrganizations', '', 'wrapped')
    const id = 10_000 + world.organizations.length
    world.organizations.push({ id, project, name, creator: 'acme', auth: 7, repositories: [], tagSearch: 'part' })
    return {}
  },
  basicQuotaList(world, { project }) {
    const used = world.organizations.filter((row) => row.project === project).length
    return { body: { quotas: [{ quota_key: 'namespace', quota_limit: organizationQuota, used, unit: '' }] } }
  },
  basicFeatureGateShow: () => ({ body: { enable_image_sync: true, enable_image_quota: false } }),
  agencyShow: () => ({ body: { domain_id: domainId, is_agency: true } }),
}
