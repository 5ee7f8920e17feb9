import type { basicOperations } from '../../contract/swr/basic'
import { projectOf } from '../basic/places'
import type { BasicRepository, BasicTag, Organization } from '../basic/world'
import { type BasicQuery, basicFilter, basicPage } from '../basic-query'
import { basicRefusal } from '../errors'
import type { World } from '../world'
import type { AutoSyncOperations } from './auto-sync'
import { type AccountOperations, organizationRow } from './basic-account'
import { basicRepositoryOf, type Handlers } from './handler'
import type { ManualSyncOperations } from './manual-sync'

const hostOf = (world: World, { project }: Organization) => `swr.${projectOf(world, project).region}.myhuaweicloud.com`
const internalHost = '10.125.0.198:20202'

interface Listing {
  readonly organization: Organization
  readonly repository: BasicRepository
}
const repositoryRow = (world: World, { organization, repository }: Listing, total_range: number) => ({
  name: repository.name,
  category: repository.category,
  description: repository.description,
  size: [...repository.tags.values()].reduce((sum, { size }) => sum + size, 0),
  is_public: repository.isPublic,
  num_images: repository.tags.size,
  num_download: repository.downloads,
  created_at: repository.created,
  updated_at: repository.updated,
  url: '',
  path: `${hostOf(world, organization)}/${organization.name}/${repository.name}`,
  internal_path: `${internalHost}/${organization.name}/${repository.name}`,
  domain_name: organization.creator,
  namespace: organization.name,
  tags: [...repository.tags.keys()],
  status: false,
  total_range,
})

const tagRow = (world: World, { organization, repository }: Listing, tag: BasicTag) => ({
  id: tag.id,
  repo_id: repository.id,
  Tag: tag.name,
  image_id: tag.digest.replace('sha256:', ''),
  manifest: '{}',
  digest: tag.digest,
  schema: 2,
  path: `${hostOf(world, organization)}/${organization.name}/${repository.name}:${tag.name}`,
  internal_path: `${internalHost}/${organization.name}/${repository.name}:${tag.name}`,
  size: tag.size,
  is_trusted: false,
  created: tag.created,
  updated: tag.updated,
  deleted: null,
  domain_id: '05000000000000000000000000000000',
  scanned: false,
  tag_type: 0,
})

const columns: Record<string, (row: Listing) => string | number> = {
  updated_at: ({ repository }) => repository.updated,
  updated_time: ({ repository }) => repository.updated,
  name: ({ repository }) => repository.name,
  namespace: ({ organization }) => organization.name,
  tag_count: ({ repository }) => repository.tags.size,
  is_public: ({ repository }) => Number(repository.isPublic),
}

const isFound = (name: string, wanted: string | undefined, search: Organization['tagSearch']) =>
  !wanted || (search === 'whole' ? name === wanted : name.includes(wanted))

function sorted<Row>(rows: readonly Row[], query: BasicQuery, by: (row: Row) => string | number): Row[] {
  const direction = query.order_type === 'asc' ? 1 : -1
  return rows.toSorted((a, b) => (by(a) < by(b) ? -direction : by(a) > by(b) ? direction : 0))
}

/** Lists of the Basic Edition; what else it has is in files of its own. */
type Listed = Omit<typeof basicOperations, keyof (AccountOperations & AutoSyncOperations & ManualSyncOperations)>

export const basicHandlers: Handlers<Listed> = {
  organizationList(world, { query, project }) {
    const wanted = basicFilter(query).namespace
    const namespaces = world.basic.organizations
      .filter((row) => row.project === project && (!wanted || row.name === wanted))
      .map(organizationRow)
    return { body: { namespaces } }
  },
  basicRepositoryList(world, call) {
    const query = basicFilter(call.query)
    const by = columns[query.order_column ?? 'updated_at']
    if (!by) throw basicRefusal('invalid', `order_column ${query.order_column}`)
    const found = world.basic.organizations
      .filter(({ project, name }) => project === call.project && (!query.namespace || name === query.namespace))
      .flatMap((organization) => organization.repositories.map((repository) => ({ organization, repository })))
      .filter(({ repository }) => repository.name.includes(query.name ?? ''))
      .filter(({ repository }) => !query.category || repository.category === query.category)
      .filter(({ repository }) => !query.is_public || String(repository.isPublic) === query.is_public)
    const { page, headers } = basicPage(sorted(found, query, by), query)
    return { body: page.map((row) => repositoryRow(world, row, found.length)), headers }
  },
  basicTagList(world, call) {
    const place = basicRepositoryOf(world, call, 'array')
    const query = basicFilter(call.query)
    const found = [...place.repository.tags.values()].filter(({ name }) =>
      isFound(name, query.tag, place.organization.tagSearch),
    )
    const by = query.order_column === 'tag' ? ({ name }: BasicTag) => name : ({ updated }: BasicTag) => updated
    const { page, headers } = basicPage(sorted(found, query, by), query)
    const names = [place.organization.name, place.repository.name]
    return { body: page.map((tag) => tagRow(world, place, tag)), headers, names }
  },
  regionList(world, { project }) {
    const { region } = projectOf(world, project)
    return { body: world.basic.regions.filter(({ regionID }) => regionID !== region) }
  },
}
