import type { basicOperations } from '../../contract/swr/basic'
import { organizationName } from '../../contract/vocabulary'
import { accountsOrganization, addOrganization, demoAccount, organizationIn, projectOf } from '../basic/places'
import type { Organization } from '../basic/world'
import { basicRefusal } from '../errors'
import { textField } from '../json-fields'
import { digestOf } from '../seed/random'
import type { World } from '../world'
import { basicRepositoryOf, type Handlers, organizationOf } from './handler'

export type AccountOperations = Pick<
  typeof basicOperations,
  'organizationShow' | 'organizationCreate' | 'basicQuotaList' | 'basicFeatureGateShow' | 'agencyShow'
>

export const domainId = '05000000000000000000000000000000'
const domainOf = (account: string) => (account === demoAccount ? domainId : digestOf(`account ${account}`).slice(-32))
const [repositoryQuota, tagQuota] = [3_000, 100_000]

export const organizationRow = ({ id, name, creator, auth }: Organization) => ({
  id,
  name,
  creator_name: creator,
  auth,
})

const owned = (world: World, project: string) => world.basic.organizations.filter((each) => each.project === project)
const quota = (quota_key: string, quota_limit: number, used: number) => ({ quota_key, quota_limit, used, unit: '' })

/** Organizations one by one, and what an account may do in its region. */
export const accountHandlers: Handlers<AccountOperations> = {
  organizationShow(world, { param, project }) {
    const { account, region } = projectOf(world, project)
    const name = param('namespace')
    // A sentinel's is there as soon as it is asked for: as the target of a sync it would be, too.
    const found = organizationOf(world, project, name) ?? accountsOrganization(world, account, region, name)
    if (!found || found.project !== project) throw basicRefusal('organizationMissing', name)
    return { body: organizationRow(found) }
  },
  organizationCreate(world, { body, project }) {
    const owner = projectOf(world, project)
    const name = textField(body, 'namespace')
    if (!organizationName.test(name)) throw basicRefusal('organizationName', name, 'wrapped')
    // Also when it is another account's and in no list of this one. Nobody knows the code; an empty detail was seen.
    if (organizationIn(world, owner.region, name)) throw basicRefusal('invalid', '', 'wrapped')
    if (owned(world, project).length >= owner.organizationQuota)
      throw basicRefusal('tooManyOrganizations', '', 'wrapped')
    addOrganization(world, owner, name)
    return {}
  },
  basicQuotaList(world, { query, project }) {
    const { organizationQuota, imageQuota } = projectOf(world, project)
    const all = owned(world, project)
    const [namespace, repository] = [query.text('namespace'), query.text('repository')]
    const tags =
      namespace === undefined || repository === undefined
        ? []
        : [basicRepositoryOf(world, { param: (name) => ({ namespace, repository })[name], project }, 'array')]
    return {
      body: {
        quotas: [
          quota('namespace', organizationQuota, all.length),
          ...(imageQuota
            ? [
                quota(
                  'repository',
                  repositoryQuota,
                  all.reduce((sum, { repositories }) => sum + repositories.length, 0),
                ),
              ]
            : []),
          ...tags.map((asked) => quota('tag', tagQuota, asked.repository.tags.size)),
        ],
      },
    }
  },
  basicFeatureGateShow(world, { project }) {
    const { imageSync, imageQuota } = projectOf(world, project)
    return {
      body: {
        enable_experience: false,
        enable_hss_service: true,
        enable_image_scan: true,
        enable_sm3: false,
        enable_image_sync: imageSync,
        enable_cci_service: true,
        enable_image_label: false,
        enable_pipeline: false,
        enable_authorization_token: true,
        enable_resource: true,
        enable_list_v3: true,
        enable_image_quota: imageQuota,
      },
    }
  },
  agencyShow(world, { project }) {
    const { account, agency } = projectOf(world, project)
    return { body: { domain_id: domainOf(account), is_agency: agency } }
  },
}
