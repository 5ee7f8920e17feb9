import type { Raw } from '../json-fields'
import { catalog } from './catalog'
import type { Clock } from './clock'
import type { Random } from './random'
import { places } from './registries'

const day = 24 * 60
const count = 140

interface Kind {
  readonly suffix: string
  readonly tags: string
  readonly trigger: 'manual' | 'scheduled' | 'event_based'
}

const pushKinds: readonly [Kind, ...Kind[]] = [
  { suffix: '', tags: '**', trigger: 'scheduled' },
  { suffix: '-releases', tags: 'v*', trigger: 'event_based' },
  { suffix: '-nightly', tags: '{main-*,latest}', trigger: 'scheduled' },
  { suffix: '-on-request', tags: '**', trigger: 'manual' },
]

const descriptions = [
  '',
  '',
  'Copies what customers in the region run',
  'Needed for the yearly failover exercise',
  'Agreed with operations; ask before changing the schedule',
  'Only released versions, so that the line is not flooded',
] as const

interface Plan extends Kind {
  readonly name: string
  readonly pull: boolean
  readonly registry: number
  readonly value: string
  readonly selection: boolean
}

const named = (namespace: string, repositories: readonly string[]) =>
  repositories.length > 1 ? `${namespace}/{${repositories.join(',')}}` : `${namespace}/${repositories.join()}`

/** Every combination that a policy is made of, in the order in which somebody might have made them. */
function plans(random: Random): Plan[] {
  const all: Plan[] = []
  for (const kind of pushKinds)
    for (const { id, place } of places)
      for (const [namespace, repositories] of Object.entries(catalog)) {
        if (kind.suffix !== '' && random.chance(0.42)) continue
        const picked = repositories.filter((_, index) => index % 4 === id % 4)
        const selection = kind.suffix === '-on-request' || random.chance(0.15)
        const value = selection ? named(namespace, picked) : `${namespace}/**`
        all.push({
          ...kind,
          name: `${namespace}-to-${place}${kind.suffix}`,
          pull: false,
          registry: id,
          value,
          selection,
        })
      }
  for (const { id, place } of places)
    for (const namespace of ['library', 'platform', 'ml', 'charts'])
      all.push({
        suffix: '',
        tags: namespace === 'library' ? '{*-alpine,latest}' : '**',
        trigger: namespace === 'ml' ? 'manual' : 'scheduled',
        name: `${namespace}-from-${place}`,
        pull: true,
        registry: id,
        value: namespace === 'library' ? 'library/{nginx,redis,postgres,node}' : `${namespace}/**`,
        selection: false,
      })
  return all
}

function cronOf(index: number, random: Random): string {
  const minute = random.between(0, 11) * 5
  if (index % 7 === 3) return `0 ${minute} ${random.between(0, 5)} ? * 0`
  if (index % 11 === 5) return `0 ${minute} */6 * * *`
  return `0 ${minute} ${random.between(0, 5)} * * *`
}

/** Which plans stay: plain pushes and pulls all, the other pushes thinned out evenly to make the number. */
function chosen(all: readonly Plan[]): Plan[] {
  const special = all.filter(({ suffix }) => suffix !== '')
  const wanted = count - (all.length - special.length)
  const upTo = (count: number) => Math.floor((count * wanted) / special.length)
  const kept = new Set(special.filter((_, index) => upTo(index) !== upTo(index + 1)))
  return all.filter((plan) => plan.suffix === '' || kept.has(plan))
}

export function policies(clock: Clock, random: Random): Raw[] {
  return chosen(plans(random)).map((plan, index): Raw => {
    const created = random.between(20, 400) * day + index
    const here = { id: 0 }
    const there = { id: plan.registry }
    return {
      id: 101 + index,
      name: plan.name,
      description: random.pick(descriptions),
      src_registry: plan.pull ? there : here,
      dest_registry: plan.pull ? here : there,
      dest_namespace: index % 8 === 2 ? 'mirror' : '',
      filters: [
        { type: 'name', value: plan.value },
        { type: 'tag', value: plan.tags },
      ],
      repo_scope_mode: plan.selection ? 'selection' : 'regular',
      trigger: {
        type: plan.trigger,
        trigger_settings: { cron: plan.trigger === 'scheduled' ? cronOf(index, random) : '' },
      },
      override: random.chance(0.7),
      enabled: !random.chance(0.16),
      created_at: clock.ago(created),
      updated_at: clock.ago(random.between(0, Math.min(created, 60 * day))),
    }
  })
}
