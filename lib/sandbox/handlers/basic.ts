import type { basicOperations } from '../../contract/swr/basic'
import { organizationName } from '../../contract/vocabulary'
import { type BasicQuery, basicFilter, basicPage } from '../basic-query'
import { basicRefusal } from '../errors'
import { listField, textField } from '../json-fields'
import { microTime } from '../time'
import type { BasicRepository, BasicTag, Organization } from '../world'
import type { AutoSyncOperations } from './auto-sync'
import type { AccountOperations } from './basic-account'
import { basicRepositoryOf, type Handlers } from './handler'

const host = 'swr.cn-north-4.myhuaweicloud.com'
const internalHost = '10.125.0.198:20202'

const repositoryRow = ({ name: namespace, creator }: Organization, repository: BasicRepository) => ({
  name: repository.name,
  category: repository.category,
  description: repository.description,
  size: repository.tags.reduce((sum, { size }) => sum + size, 0),
  is_public: repository.isPublic,
  num_images: repository.tags.length,
  num_download: repository.downloads,
  created_at: repository.created,
  updated_at: repository.updated,
  url: '',
  path: `${host}/${namespace}/${repository.name}`,
  internal_path: `${internalHost}/${namespace}/${repository.name}`,
  domain_name: creator,
  namespace,
  tags: repository.tags.map(({ name }) => name),
  status: false,
})

const tagRow = ({ name: namespace }: Organization, repository: BasicRepository, tag: BasicTag) => ({
  id: tag.id,
  repo_id: repository.id,
  Tag: tag.name,
  image_id: tag.digest.replace('sha256:', ''),
  manifest: '{}',
  digest: tag.digest,
  schema: 2,
  path: `${host}/${namespace}/${repository.name}:${tag.name}`,
  internal_path: `${internalHost}/${namespace}/${repository.name}:${tag.name}`,
  size: tag.size,
  is_trusted: false,
  created: tag.created,
  updated: tag.updated,
  deleted: null,
  domain_id: '05000000000000000000000000000000',
  scanned: false,
  tag_type: 0,
})

type RepositoryRow = ReturnType<typeof repositoryRow>
const columns: Record<string, (row: RepositoryRow) => string | number> = {
  updated_at: (row) => row.updated_at,
  updated_time: (row) => row.updated_at,
  name: (row) => row.name,
  namespace: (row) => row.namespace,
  tag_count: (row) => row.num_images,
  is_public: (row) => Number(row.is_public),
}

const isFound = (name: string, wanted: string | undefined, search: Organization['tagSearch']) =>
  !wanted || (search === 'whole' ? name === wanted : name.includes(wanted))

function sorted<Row>(rows: readonly Row[], query: BasicQuery, by: (row: Row) => string | number): Row[] {
  const direction = query.order_type === 'asc' ? 1 : -1
  return rows.toSorted((a, b) => (by(a) < by(b) ? -direction : by(a) > by(b) ? direction : 0))
}

/** Lists of the Basic Edition and manual sync; what else it has is in files of its own. */
type Listed = Omit<typeof basicOperations, keyof AccountOperations | keyof AutoSyncOperations>

export const basicHandlers: Handlers<Listed> = {
  organizationList(world, { query, project }) {
    const wanted = basicFilter(query).namespace
    const namespaces = world.organizations
      .filter((row) => row.project === project && (!wanted || row.name === wanted))
      .map(({ id, name, creator, auth }) => ({ id, name, creator_name: creator, auth }))
    return { body: { namespaces } }
  },
  basicRepositoryList(world, call) {
    const query = basicFilter(call.query)
    const by = columns[query.order_column ?? 'updated_at']
    if (!by) throw basicRefusal('invalid', `order_column ${query.order_column}`)
    const rows = world.organizations
      .filter(({ project, name }) => project === call.project && (!query.namespace || name === query.namespace))
      .flatMap((organization) => organization.repositories.map((repository) => repositoryRow(organization, repository)))
      .filter((row) => row.name.includes(query.name ?? ''))
      .filter((row) => !query.category || row.category === query.category)
      .filter((row) => !query.is_public || String(row.is_public) === query.is_public)
    const { page, headers } = basicPage(sorted(rows, query, by), query)
    return { body: page.map((row) => ({ ...row, total_range: rows.length })), headers }
  },
  basicTagList(world, call) {
    const { organization, repository } = basicRepositoryOf(world, call, 'array')
    const query = basicFilter(call.query)
    const rows = repository.tags
      .filter(({ name }) => isFound(name, query.tag, organization.tagSearch))
      .map((tag) => tagRow(organization, repository, tag))
    const by =
      query.order_column === 'tag' ? sorted(rows, query, (row) => row.Tag) : sorted(rows, query, (row) => row.updated)
    const { page, headers } = basicPage(by, query)
    return { body: page, headers }
  },
  regionList: (world) => ({ body: world.regions.map((regionID) => ({ regionID })) }),
  manualSync(world, call) {
    const { organization, repository } = basicRepositoryOf(world, call, 'wrapped')
    const target = {
      region: textField(call.body, 'remoteRegionId'),
      organization: textField(call.body, 'remoteNamespace'),
    }
    if (!organizationName.test(target.organization))
      throw basicRefusal('organizationName', target.organization, 'wrapped')
    if (!world.regions.includes(target.region))
      throw basicRefusal('invalid', `remoteRegionId ${target.region}`, 'wrapped')
    const tags = listField(call.body, 'imageTag').map((wanted) => {
      const tag = repository.tags.find(({ name }) => name === wanted)
      if (!tag) throw basicRefusal('tagMissing', String(wanted), 'wrapped')
      return tag
    })
    const at = microTime(world.clock())
    for (const tag of tags) {
      const there = world.copies.find(
        (copy) =>
          copy.project === call.project &&
          copy.region === target.region &&
          copy.remoteOrganization === target.organization &&
          copy.repository === repository.name &&
          copy.tag === tag.name,
      )
      // Without override a different image of the same name stays as it is; the answer does not tell.
      if (there && there.digest !== tag.digest && call.body.override !== true) continue
      if (there) Object.assign(there, { digest: tag.digest, at })
      else
        world.copies.push({
          project: call.project,
          region: target.region,
          remoteOrganization: target.organization,
          organization: organization.name,
          repository: repository.name,
          tag: tag.name,
          digest: tag.digest,
          at,
        })
    }
    return { body: [] }
  },
}
