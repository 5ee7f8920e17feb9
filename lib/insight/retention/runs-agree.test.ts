import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { immutableRuleOperations } from '../../contract/swr/immutable-rule'
import { repositoryOperations } from '../../contract/swr/repository'
import { retention } from '../../contract/swr/retention'
import { ImmutableRules } from '../../policy/retention/immutable'
import { listField, numberField, textField } from '../../sandbox/json-fields'
import { anyRetention, digestAt } from '../../testing/any-retention'
import { retentionBench } from '../../testing/retention-bench'
import { PartialInventory } from '../inventory/state'
import { PreparedNamespace } from './prepared'

/*
 * The console's verdicts, from the listing on, beside what SWR's own runs say and do: a dry run, then the real one. All of it
 * goes through the API of the sandbox, which has its own engine.
 */

// Many cases, on a machine that has other work.
vi.setConfig({ testTimeout: 120_000 })

// When the bench's clock stands still.
const now = new Date('2026-03-04T09:30:00Z')
const any = anyRetention(now)

type Image = readonly [name: string, digest: string]

/** A namespace as the control port takes it: a tag belongs to the first image that asks for it. */
function described(repositories: readonly { name: string; images: readonly Described[] }[], signatures: number) {
  return repositories.map(({ name, images }) => {
    const taken = new Set<string>()
    const own = images.map(({ tags, pushed, pulled }, index) => {
      const free = tags.filter((tag) => !taken.has(tag))
      for (const tag of free) taken.add(tag)
      const times = { pushed: iso(pushed), ...(pulled > 0 && { pulled: iso(pulled) }) }
      return { free, image: { digest: digestAt(index), signatures: (index + signatures) % 3, ...times } }
    })
    return {
      name,
      tags: own.flatMap(({ free, image }) => free.map((tag) => ({ name: tag, ...image }))),
      untagged: own.filter(({ free }) => free.length === 0).map(({ image }) => image),
    }
  })
}

interface Described {
  readonly tags: readonly string[]
  readonly pushed: number
  readonly pulled: number
}

const iso = (time: number) => new Date(time).toISOString()
const bench = retentionBench([])
const page = { query: { offset: 0, limit: 100 } }

/** The namespace `shop` of an instance, read as the console reads one. */
function listing(instance_id: string): PartialInventory {
  const shop = { instance_id, namespace_name: 'shop' }
  const inventory = new PartialInventory(now)
  const { repositories } = repositoryOperations.namespaceRepositoryList.response.parse(
    bench.ask('namespaceRepositoryList', shop, page).json,
  )
  for (const repository of repositories) {
    inventory.addRepository(repository)
    const params = { ...shop, repository_name: repository.name ?? '' }
    const { artifacts } = repositoryOperations.artifactList.response.parse(bench.ask('artifactList', params, page).json)
    for (const artifact of artifacts) inventory.addImageOf(`shop/${repository.name}`, artifact)
  }
  return inventory
}

const imagesOf = ({ repositories }: PartialInventory): Image[] =>
  repositories.flatMap(({ name, images }) => images.map(({ digest }): Image => [name.slice('shop/'.length), digest]))

/** Runs the policy; answers what its tasks say that they delete, and how many candidates they had. */
function run(instance_id: string, dry_run: boolean) {
  const policy = { instance_id, namespace_name: 'shop', policy_id: '7' }
  const started = bench.ask('retentionExecutionStart', policy, { body: { dry_run } })
  const execution = { ...policy, execution_id: String(numberField(started.json, 'id')) }
  const tasks = listField(bench.ask('retentionTaskList', execution, page).json, 'tasks')
  const deleted = tasks.flatMap((task) => {
    const params = { ...execution, task_id: String(numberField(task, 'id')) }
    return listField(bench.ask('retentionSubtaskList', params, page).json, 'sub_tasks')
      .filter((row) => textField(row, 'action') === 'DEL' && textField(row, 'status') === 'Succeed')
      .map((row) => keyOf([textField(row, 'repository'), textField(row, 'digest')]))
  })
  const counted = tasks.filter((row) => textField(row, 'status') === 'Succeed')
  return {
    deleted: new Set(deleted),
    counts: counted.map((row) => [textField(row, 'repository'), numberField(row, 'total')] as const),
  }
}

const isBeside = (tag: string) => /^sha256-.*\.(?:att|sbom)$/.test(tag)

const keyOf = ([name, digest]: Image) => `${name}@${digest}`

const mood = fc.record({
  immutableMatching: fc.constantFrom('old', 'new'),
  patternErrors: fc.constantFrom('told', 'lost'),
})

test('what is not unsure is what the dry run says and the real run does, whatever is left to chance', async () => {
  const seen: Record<string, number> = {}
  await fc.assert(
    fc.asyncProperty(
      any.repositories,
      any.rules,
      any.immutableRules,
      mood,
      fc.nat(2),
      async (repositories, rules, immutable, retentionMood, signatures) => {
        const content = {
          namespaces: [{ name: 'shop', repositories: described(repositories, signatures) }],
          retentions: [{ id: 7, name: 'under-test', namespace_name: 'shop', algorithm: 'or', rules }],
          immutableRules: immutable.map((rule) => ({ ...rule, namespace_name: 'shop' })),
          retentionMood,
        }
        const id = textField(bench.control('POST', '/instances', { content }).json, 'id')
        bench.control('PUT', '/pace', { instance: id, secondsPerTask: 0 })
        const before = listing(id)
        const read = immutableRuleOperations.immutableRuleList.response.parse({ immutable_rules: immutable })
        const decided = await new PreparedNamespace('shop', before.repositories).decide(
          { algorithm: 'or', rules: retention.shape.rules.parse(rules) },
          new ImmutableRules(read.immutable_rules),
          now,
        )
        const dry = run(id, true)
        expect(imagesOf(listing(id))).toEqual(imagesOf(before))
        const real = run(id, false)
        const left = new Set(imagesOf(listing(id)).map(keyOf))

        for (const found of decided.repositories) {
          const { name, images } = found.repository
          // Signatures are no candidates.
          const counted = dry.counts.find(([repository]) => repository === name)
          if (counted) expect(counted).toEqual([name, images.length])
          for (const [index, { digest }] of images.entries()) {
            const { decision } = found.at(index)
            const image = keyOf([name, digest])
            seen[decision] = (seen[decision] ?? 0) + 1
            // What cosign pushes beside an image, with a tag that names it, is decided on like any other.
            if (images[index]?.tags.some(isBeside)) seen.beside = (seen.beside ?? 0) + 1
            expect(left.has(image)).toBe(!real.deleted.has(image))
            if (decision === 'unsure') continue
            expect([image, decision, dry.deleted.has(image)]).toEqual([image, decision, decision === 'delete'])
            expect([image, decision, left.has(image)]).toEqual([image, decision, decision !== 'delete'])
          }
        }
      },
    ),
    { numRuns: 400 },
  )
  for (const decision of ['keep', 'delete', 'untouched', 'unsure', 'beside'])
    expect([decision, (seen[decision] ?? 0) > 50]).toEqual([decision, true])
})
