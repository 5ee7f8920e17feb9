import 'server-only'
import { inTurns } from '../../concurrency'
import type { Actor } from '../../contract/actor'
import { problemOf } from '../../contract/problem'
import { maxPageSize } from '../../contract/vocabulary'
import type { InstanceLocation } from '../../routes'
import { requestSwr } from '../../swr/client'
import { limits, patiently } from '../inventory/read'
import { PartialInventory } from '../inventory/state'
import { fetchAllPages } from '../paginate'
import { readTogether } from '../read-together'
import { PreparedNamespace } from './prepared'

const maxParallel = 4

interface FreshNamespace extends Pick<PartialInventory, 'at' | 'complete' | 'capped' | 'problem'> {
  readonly prepared: PreparedNamespace
}

/**
 * One namespace, listed now: what a run is decided on must not be a minute old. Who asks while others are answered shares
 * one listing with them, begun after the last of them had come. An incomplete one says so.
 */
export const freshNamespace = (actor: Actor, place: InstanceLocation, namespace: string): Promise<FreshNamespace> =>
  readTogether(actor, place.connection, `${place.instance}/namespace/${namespace}`, async () => {
    const { at, complete, capped, problem, repositories } = await fetchNamespace(actor, place, namespace)
    return { at, complete, capped, problem, prepared: new PreparedNamespace(namespace, repositories) }
  })

/** Repository after repository, which any instance can do. */
async function fetchNamespace(actor: Actor, place: InstanceLocation, namespace: string): Promise<PartialInventory> {
  const into = new PartialInventory(new Date())
  try {
    const params = { instance_id: place.instance, namespace_name: namespace }
    const found = await fetchAllPages(
      async (query) => {
        const page = await patiently(() =>
          requestSwr(actor, place.connection, 'namespaceRepositoryList', { params, query }),
        )
        for (const row of page.repositories) into.addRepository({ ...row, namespace_name: namespace })
        return { rows: page.repositories, total: page.total }
      },
      { maxRows: limits.repositories },
    )
    into.problem = found.problem
    into.capped = !found.complete && !found.problem
    // Of a repository that SWR counts and does not list nobody sees what goes.
    let whole = into.repositories.length >= (found.total ?? 0)
    await inTurns(into.repositories, maxParallel, async ({ name }) => {
      if (into.weight >= limits.tags) into.capped = true
      else if (!(await fetchImages(actor, place, namespace, name, into))) whole = false
      return !into.capped
    })
    into.complete = whole && !into.capped && into.problem === null
  } catch (error) {
    into.problem = problemOf(error)
  } finally {
    into.end()
  }
  return into
}

/** False where fewer came than there are: something was deleted while pages were turned. */
async function fetchImages(
  actor: Actor,
  { connection, instance }: InstanceLocation,
  namespace: string,
  name: string,
  into: PartialInventory,
): Promise<boolean> {
  const params = {
    instance_id: instance,
    namespace_name: namespace,
    repository_name: name.slice(namespace.length + 1),
  }
  let count = 0
  for (let offset = 0; ; offset += maxPageSize) {
    const query = { offset, limit: maxPageSize }
    const page = await patiently(() => requestSwr(actor, connection, 'artifactList', { params, query }))
    for (const image of page.artifacts) if (into.addImageOf(name, image)) count += 1
    if (page.artifacts.length < maxPageSize || into.weight >= limits.tags) return count >= (page.total ?? 0)
  }
}
