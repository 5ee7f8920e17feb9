import { demo } from '../demo'
import type { BasicRepository, BasicTag, Organization } from '../world'
import type { Clock } from './clock'
import type { Ids } from './content'
import { digestOf, type Random } from './random'

const dayMinutes = 24 * 60

/** Where manual sync can send to; one private region among them, as in SWR's own example. */
export const regions = [
  'ap-southeast-1',
  'ap-southeast-3',
  'cn-east-3',
  'cn-north-1',
  'cn-north-208',
  'cn-south-1',
  'cn-southwest-2',
  'eu-west-101',
] as const

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

export function basicContent(ids: Ids, clock: Clock, random: Random): Organization[] {
  return organizations.map(({ name, creator, auth, repositories }, index) => ({
    id: 1422 + index * 31,
    project: demo.project,
    name,
    creator,
    auth,
    tagSearch: 'part',
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
        tags: all,
      }
    }),
  }))
}
