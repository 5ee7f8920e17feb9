import 'server-only'
import { clusterAges, runningUnder } from '../../db/in-use'
import type { Db } from '../../db/schema'
import { connections } from '../../swr/connection'
import { slicesWithoutEnd } from '../time-slice'

/** An image of a registry; `repository` in full. */
export interface NamedImage {
  readonly repository: string
  readonly digest: string
  readonly tags: readonly string[]
}

export interface InUse {
  /** For each image that was asked for, the clusters in which it runs, by name. */
  readonly byImage: string[][]
  /** Clusters whose list has expired. What was in it still counts: a wrong "in use" only locks. */
  readonly old: string[]
}

/** The Basic Edition has one host in each region; an instance's hosts are its own. */
const basicHost = /^swr\.([a-z]+-[a-z0-9-]+)\.myhuaweicloud\.(?:com|eu)$/

/** False only where a host is surely another region's: names of instances, mirrors and addresses inside of a network are free. */
function mayBe(host: string, region: string | undefined): boolean {
  const other = basicHost.exec(host)?.[1]
  return other === undefined || region === undefined || other === region
}

/** Clusters by what runs of one repository. */
interface Running {
  readonly byTag: Map<string, Set<string>>
  readonly byDigest: Map<string, Set<string>>
}

function note(clusters: Map<string, Set<string>>, key: string, cluster: string) {
  if (key === '') return
  const known = clusters.get(key)
  if (known) known.add(cluster)
  else clusters.set(key, new Set([cluster]))
}

/**
 * The names under which a repository may be listed. A namespace with a dot reads as a host where a list leaves the host out:
 * `my.team/web/api` is then `web/api` of `my.team`.
 */
function namesOf(repository: string): readonly string[] {
  const [first = '', ...rest] = repository.split('/')
  return first.includes('.') && rest.length > 1 ? [repository, rest.join('/')] : [repository]
}

/**
 * Which images run in a cluster: by digest, or by a tag that is set on them now. A reference counts by its path, whatever its
 * host, unless that is surely another region's.
 */
export async function inUseOf(db: Db, connection: string, images: readonly NamedImage[]): Promise<InUse> {
  const clusters = await clusterAges(db)
  const old = clusters.filter(({ isOld }) => isOld).map(({ cluster }) => cluster)
  // Most consoles are told of none, and ask for each number that somebody types.
  if (clusters.length === 0) return { byImage: images.map(() => []), old }
  const region = connections().find(({ id }) => id === connection)?.region
  const names = new Set(images.map(({ repository }) => repository))
  const asked = new Set([...names].flatMap(namesOf))
  const rows = await runningUnder(db, [...asked])
  const slices = slicesWithoutEnd()
  const byName = new Map<string, Running>()
  const place = (name: string) => {
    const known = byName.get(name) ?? { byTag: new Map(), byDigest: new Map() }
    byName.set(name, known)
    return known
  }
  for (const { host, repository, tag, digest, cluster } of rows) {
    if (slices.isOver()) await slices.breathe()
    const meant = [mayBe(host, region) ? repository : '', host === '' ? '' : `${host}/${repository}`]
    for (const name of meant) {
      if (!names.has(name)) continue
      note(place(name).byTag, tag, cluster)
      note(place(name).byDigest, digest, cluster)
    }
  }
  const byImage: string[][] = []
  for (const { repository, digest, tags } of images) {
    if (slices.isOver()) await slices.breathe()
    const running = byName.get(repository)
    const found = new Set(running?.byDigest.get(digest))
    if (running) for (const tag of tags) for (const cluster of running.byTag.get(tag) ?? []) found.add(cluster)
    byImage.push([...found].toSorted())
  }
  return { byImage, old }
}
