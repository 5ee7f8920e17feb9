import { demo } from '../demo'
import { faults } from '../faults'
import { digestOf } from '../seed/random'
import { microTime } from '../time'
import type { World } from '../world'
import { syncFaultIn } from './sync-faults'
import type { BasicRepository, BasicTag, Mood, Organization, Project } from './world'

/** The account of the demo, whose every project is unless it is said otherwise. */
export const demoAccount = 'acme'
const usualQuota = 200

/** As an organization is treated unless the control port says otherwise. */
export const strict: Mood = {
  mood: 'strict',
  lies: 0,
  seed: 1,
  lateSeconds: 20,
  secondsPerGigabyte: 0,
  automaticSeconds: 5,
}

export const newProject = (id: string, region: string, account = demoAccount): Project => ({
  id,
  region,
  account,
  organizationQuota: usualQuota,
  imageSync: true,
  imageQuota: false,
  agency: true,
})

/** The project of this id; one that nobody made is the demo account's, in the demo's region. */
export function projectOf({ basic }: World, id: string): Project {
  const known = basic.projects.get(id) ?? newProject(id, demo.region)
  basic.projects.set(id, known)
  return known
}

/** The project of the demo's account in a region. */
export function projectIn({ basic }: World, region: string): Project {
  const known = [...basic.projects.values()].find((each) => each.region === region && each.account === demoAccount)
  const project = known ?? newProject(digestOf(`project in ${region}`).slice(-32), region)
  basic.projects.set(project.id, project)
  return project
}

export const isRegion = ({ basic }: World, id: string) => basic.regions.some(({ regionID }) => regionID === id)

export const nextBasicId = ({ basic }: World) => {
  basic.issued += 1
  return basic.issued
}

/** The organization of this name in a region, whoever's it is. */
export const organizationIn = (world: World, region: string, name: string): Organization | undefined =>
  world.basic.organizations.find((each) => each.name === name && projectOf(world, each.project).region === region)

export function addOrganization(world: World, project: Project, name: string): Organization {
  const head = { id: nextBasicId(world), project: project.id, name, creator: project.account, auth: 7 } as const
  const organization: Organization = { ...head, repositories: [], tagSearch: 'part', mood: strict }
  world.basic.organizations.push(organization)
  return organization
}

/**
 * The organization of an account in a region. One that is called by a sentinel is there as soon as somebody asks: what can be
 * typed as a target anywhere needs no preparation.
 */
export function accountsOrganization(
  world: World,
  account: string,
  region: string,
  name: string,
): Organization | undefined {
  const found = organizationIn(world, region, name)
  if (found) return projectOf(world, found.project).account === account ? found : undefined
  const isSentinel = Object.hasOwn(faults, name) || syncFaultIn([name]) !== undefined
  return isSentinel && account === demoAccount ? addOrganization(world, projectIn(world, region), name) : undefined
}

/** Puts a tag where it belongs, in a repository that is made if there is none. `at`: milliseconds since the epoch. */
export function putTag(
  world: World,
  organization: Organization,
  repositoryName: string,
  tag: Pick<BasicTag, 'name' | 'digest' | 'size' | 'from'>,
  at: number,
) {
  const now = microTime(new Date(at))
  let repository = organization.repositories.find(({ name }) => name === repositoryName)
  if (!repository) {
    repository = newRepository(nextBasicId(world), repositoryName, now)
    organization.repositories.push(repository)
  }
  const was = repository.tags.get(tag.name)
  // Newest last.
  repository.tags.delete(tag.name)
  repository.tags.set(tag.name, { id: was?.id ?? nextBasicId(world), created: now, updated: now, ...tag })
  repository.updated = now
}

export const newRepository = (id: number, name: string, now: string): BasicRepository => ({
  id,
  name,
  description: '',
  category: 'other',
  isPublic: false,
  downloads: 0,
  created: now,
  updated: now,
  tags: new Map(),
})
