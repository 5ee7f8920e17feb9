import { buildNamespaces } from '../builders'
import { demo, demoEurope, demoHongKong } from '../demo'
import { type Instance, newKey, type World } from '../world'
import { basicWorld } from './basic'
import { catalog, stagingCatalog } from './catalog'
import { type Clock, clockFrom, lullMs } from './clock'
import { content, grown, idsFrom } from './content'
import { emptyInstance, instanceInfo } from './empty-instance'
import { addExecutions } from './executions'
import { copiesOf } from './frankfurt'
import { addGarbageCollections } from './garbage-collections'
import { addLab, labCatalog, labId, registry } from './lab'
import { largeInstances, type Size } from './large'
import { addChinese, addChineseRetention } from './odd'
import { policies } from './policies'
import { randomFrom } from './random'
import { frankfurtId, prodId, registries, stagingId } from './registries'
import { addRetentionHistory } from './retention-history'
import { addImmutableRules, addRetentions } from './retentions'
import { addSignatures } from './signatures'

const dayMinutes = 24 * 60

const endOfPast = ({ start }: Clock) => new Date(start.getTime() - lullMs)

function production(clock: Clock): Instance {
  const info = instanceInfo(
    prodId,
    'prod-registry',
    demo.project,
    'prod-registry-x1y2z3.swr-pro.example.com',
    clock.ago(525 * dayMinutes),
  )
  const instance = emptyInstance(prodId, demo.project, info, endOfPast(clock))
  const ids = idsFrom(30)
  // A run of all of it copies 500 tags: enough to watch.
  instance.namespaces = content(catalog, ids, clock, randomFrom(2024)).map((namespace) =>
    namespace.name === 'payments' ? grown(namespace, 'eu/api', 500, ids, clock, randomFrom(41)) : namespace,
  )
  instance.registries = registries(clock)
  instance.policies = policies(clock, randomFrom(7))
  addRetentions(instance, clock)
  addChineseRetention(instance)
  addSignatures(instance, ['payments', 'platform'])
  addImmutableRules(instance)
  // What retention has deleted, no run of today copies.
  addRetentionHistory(instance, clock)
  addExecutions(instance, clock, randomFrom(19))
  addChinese(instance, clock)
  addGarbageCollections(instance, clock)
  return instance
}

/** In the other region: policies of the first instance copy to it. */
function frankfurt(clock: Clock, { namespaces }: Instance): Instance {
  const host = 'prod-frankfurt-7h2k9d.swr-pro.example.com'
  const info = instanceInfo(frankfurtId, 'prod-frankfurt', demoEurope.project, host, clock.ago(301 * dayMinutes))
  const instance = emptyInstance(frankfurtId, demoEurope.project, info, endOfPast(clock))
  instance.namespaces = copiesOf(namespaces, ['mirror', 'archive'])
  return instance
}

function staging(clock: Clock): Instance {
  const host = 'staging-registry-m4p8q1.swr-pro.example.com'
  const instance = emptyInstance(
    stagingId,
    demo.project,
    instanceInfo(stagingId, 'staging-registry', demo.project, host, clock.ago(290 * dayMinutes)),
    endOfPast(clock),
  )
  instance.namespaces = content(stagingCatalog, idsFrom(30), clock, randomFrom(77))
  instance.registries = registries(clock).filter(({ id }) => id === 3)
  const names = Object.keys(stagingCatalog).map((name) => `${name}-to-harbor-dr`)
  instance.policies = policies(clock, randomFrom(11)).filter(({ name }) => names.includes(String(name)))
  addExecutions(instance, clock, randomFrom(23))
  addRetentions(instance, clock)
  return instance
}

/** A small instance whose runs are as odd as Harbor's can be. */
function lab(clock: Clock): Instance {
  const host = 'lab-registry-q9r4t2.swr-pro.example.com'
  const info = instanceInfo(labId, 'lab-registry', demo.project, host, clock.ago(95 * dayMinutes))
  const instance = emptyInstance(labId, demo.project, info, endOfPast(clock))
  const tags = ['v1', 'v2'].map((name) => ({ name }))
  const odd = [...tags, { name: 'fault-passing' }]
  const wanted = Object.entries(labCatalog).map(([name, repositories]) => ({
    name,
    repositories: repositories.map((repository) => ({ name: repository, tags: repository === 'proxy' ? odd : tags })),
  }))
  instance.namespaces = buildNamespaces(wanted, clock.ago(20 * dayMinutes))
  instance.registries = [registry(clock)]
  addLab(instance, clock)
  return instance
}

/** The world as a sandbox starts: deterministic, but for times, which are relative to the start. `size`: what it holds beside. */
export function seededWorld(clock: () => Date, size?: Size): World {
  const times = clockFrom(clock())
  const first = production(times)
  const instances = [
    ...[first, staging(times), lab(times), frankfurt(times, first)],
    ...(size && size.instances > 0 ? largeInstances(size, times) : []),
  ]
  return {
    clock,
    keys: new Map([demo, demoEurope, demoHongKong].map((key) => [key.access, newKey(key)])),
    instances: new Map(instances.map((instance) => [instance.id, instance])),
    basic: basicWorld(idsFrom(300), times, randomFrom(5), size),
    received: [],
    forgotten: 0,
    throttled: new Map(),
    secondsPerTask: 3,
    delayMs: 0,
    requestCount: 0,
  }
}
