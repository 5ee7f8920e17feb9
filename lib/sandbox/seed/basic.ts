import { newProject, strict } from '../basic/places'
import { syncFaults } from '../basic/sync-faults'
import type { BasicRepository, BasicTag, BasicWorld, Organization, Project } from '../basic/world'
import { buildOrganization } from '../builders'
import { demo, demoEurope, demoHongKong } from '../demo'
import { basicRetentions } from './basic-retention'
import type { Clock } from './clock'
import type { Ids } from './content'
import type { Size } from './large'
import { digestOf, type Random } from './random'

const dayMinutes = 24 * 60

/** Where sync can send to; one private region among them, as in SWR's own example, and an element that names none. */
const regions: BasicWorld['regions'] = [
  { regionID: 'ap-southeast-1', region_name: 'CN-Hong Kong' },
  { regionID: 'ap-southeast-3', region_name: 'AP-Singapore' },
  { regionID: 'cn-east-3' },
  { regionID: 'cn-north-1' },
  { regionID: 'cn-north-4' },
  { regionID: 'cn-north-208' },
  { regionID: 'cn-south-1' },
  { regionID: 'cn-southwest-2' },
  { regionID: 'eu-west-101', region_name: 'EU-Dublin' },
  { registryURL: 'swr.eu-west-0.example.com' },
]

const organizations = [
  {
    name: 'payments',
    creator: 'acme',
    auth: 7,
    repositories: ['web/api', 'web/frontend', 'ledger', 'gateway', 'psp/adapters/card'],
  },
  { name: 'storefront', creator: 'acme', auth: 7, repositories: ['shop', 'shop/admin', 'search', 'images/resizer'] },
  { name: 'platform-tools', creator: 'acme', auth: 3, repositories: ['ci-runner', 'toolbox', 'backup-agent'] },
  { name: 'data-lab', creator: 'acme-research', auth: 1, repositories: ['notebooks', 'training/gpu-base'] },
  { name: 'edge', creator: 'acme', auth: 7, repositories: [] },
] as const

function tags(path: string, ids: Ids, clock: Clock, random: Random): BasicTag[] {
  const count = random.between(6, 28)
  const [major, minor] = [random.between(1, 3), random.between(0, 9)]
  const gap = random.between(dayMinutes, 6 * dayMinutes)
  return Array.from({ length: count }, (_, index): BasicTag => {
    const isNewest = index === count - 1
    const name = isNewest ? 'latest' : `v${major}.${minor + Math.floor(index / 5)}.${index % 5}`
    const age = (count - index) * gap
    return {
      id: ids.next(),
      name,
      digest: digestOf(`${path}:${name}`),
      size: random.between(12, 300) * 1_000_000 + index,
      created: clock.ago(age),
      updated: clock.ago(age - random.between(0, 60)),
    }
  })
}

function sourceContent(ids: Ids, clock: Clock, random: Random): Organization[] {
  return organizations.map(({ name, creator, auth, repositories }, index) => ({
    id: 1422 + index * 31,
    project: demo.project,
    name,
    creator,
    auth,
    tagSearch: 'part',
    mood: strict,
    repositories: repositories.map((repository): BasicRepository => {
      const all = tags(`${name}/${repository}`, ids, clock, random)
      return {
        id: ids.next(),
        name: repository,
        description: '',
        category: 'other',
        isPublic: false,
        downloads: random.between(0, 4000),
        created: clock.ago(random.between(150, 400) * dayMinutes),
        updated: all.at(-1)?.updated ?? clock.ago(0),
        tags: byName(all),
      }
    }),
  }))
}

const byName = (tags: readonly BasicTag[]) => new Map(tags.map((tag) => [tag.name, tag]))

/** What was sent earlier: all but the newest two, and one that was pushed anew at the source since. */
function sent({ repositories }: Organization, wanted: readonly string[]): BasicRepository[] {
  return repositories
    .filter(({ name }) => wanted.includes(name))
    .map((repository) => {
      const all = [...repository.tags.values()].slice(0, -2)
      const last = all.length - 1
      const old = all.map((tag, at) => (at === last ? { ...tag, digest: digestOf(`${tag.digest} before`) } : tag))
      return { ...repository, downloads: 0, tags: byName(old) }
    })
}

/** Organizations of the account in its other regions, where the console of the demo can see what has arrived. */
function targetContent([payments]: readonly Organization[]): Organization[] {
  if (!payments) return []
  const common = { creator: 'acme', auth: 7, tagSearch: 'part', mood: strict } as const
  const all = payments.repositories.map(({ name }) => name)
  return [
    { ...common, id: 2210, project: demoEurope.project, name: 'payments', repositories: sent(payments, all) },
    { ...common, id: 2241, project: demoEurope.project, name: 'edge', repositories: [] },
    { ...common, id: 3310, project: demoHongKong.project, name: 'payments', repositories: sent(payments, ['web/api']) },
    { ...common, id: 3341, project: demoHongKong.project, name: 'storefront', repositories: [] },
  ]
}

/** Names of another account: taken in their region, and in no list of the demo's. */
function foreignContent(): { projects: Project[]; organizations: Organization[] } {
  const projects = [demo, demoEurope, demoHongKong].map(({ region }) =>
    newProject(digestOf(`another account in ${region}`).slice(-32), region, 'another'),
  )
  const common = { name: 'nginx', creator: 'another', auth: 7, tagSearch: 'part', mood: strict } as const
  return {
    projects,
    organizations: projects.map(({ id }, at) => ({ ...common, id: 90 + at, project: id, repositories: [] })),
  }
}

/** Sync as the service was seen to be: its tags are called by what becomes of them. */
function lab(now: string): Organization {
  const names = ['v1', 'v2', ...Object.keys(syncFaults)]
  const head = { id: 1700, name: 'sync-lab', project: demo.project, auth: 7 } as const
  const mood = { ...strict, mood: 'as-recorded', secondsPerGigabyte: 40 } as const
  return buildOrganization({ ...head, mood }, [{ name: 'arrivals', tags: names.map((name) => ({ name })) }], now)
}

/** Organizations for measuring: one repository with all the tags, and all the repositories with three tags each. */
function largeContent({ basicTags = 0, basicRepositories = 0 }: Size, now: string): Organization[] {
  const tagsUpTo = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ name: `v1.${index}.0`, size: 12_000_000 + index * 1_000 }))
  const repositories = Array.from({ length: basicRepositories }, (_, index) => ({
    name: `service-${String(index).padStart(4, '0')}`,
    tags: tagsUpTo(3),
  }))
  const head = { project: demo.project, auth: 7 } as const
  return [
    ...(basicTags > 0
      ? [
          buildOrganization(
            { ...head, id: 1801, name: 'large-tags' },
            [{ name: 'service', tags: tagsUpTo(basicTags) }],
            now,
          ),
        ]
      : []),
    ...(basicRepositories > 0
      ? [buildOrganization({ ...head, id: 1802, name: 'large-repositories' }, repositories, now)]
      : []),
  ]
}

export function basicWorld(ids: Ids, clock: Clock, random: Random, size: Size | undefined): BasicWorld {
  const own = sourceContent(ids, clock, random)
  const foreign = foreignContent()
  const now = clock.ago(20 * dayMinutes)
  const projects = [demo, demoEurope, demoHongKong].map(({ project, region }) => newProject(project, region))
  return {
    projects: new Map([...projects, ...foreign.projects].map((each) => [each.id, each])),
    organizations: [
      ...own,
      lab(now),
      ...targetContent(own),
      ...foreign.organizations,
      ...(size ? largeContent(size, now) : []),
    ],
    regions,
    rules: [],
    runs: [],
    ...basicRetentions(ids, clock),
    arrivals: [],
    attempts: new Map(),
    throttles: new Map(),
    underWay: [],
    issued: 10_000,
  }
}
