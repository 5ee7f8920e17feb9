import { RE2JS } from 're2js'
import { field, listField, type Raw, rawField, textField } from '../json-fields'
import { microTime } from '../time'
import type { World } from '../world'
import { nextBasicId } from './places'
import type { BasicRepository, BasicRetention, BasicTag, Organization } from './world'

/*
 * Retention of the Basic Edition. A rule says what to delete: tags that were last changed so many days ago, or all but the
 * newest ones. Its selectors are exceptions, which are never deleted and take no place among the newest: which of the two the
 * service does with them is not documented.
 */

const dayMs = 86_400_000

/** Whether a rule leaves a tag alone. A regular expression, of Go's kind, may be anywhere in it: for all of it stand `^` and `$`. */
function exceptionOf(rule: unknown): (name: string) => boolean {
  const selectors = listField(rule, 'tag_selectors').map((selector) => {
    const pattern = textField(selector, 'pattern')
    if (textField(selector, 'kind') === 'label') return (name: string) => name === pattern
    const expression = RE2JS.compile(pattern)
    return (name: string) => expression.matcher(name).find()
  })
  return (name) => selectors.some((takes) => takes(name))
}

/** What is wrong with a rule beyond its schema, or null. */
export function basicRuleComplaint(rule: unknown): string | null {
  const [key, largest] = textField(rule, 'template') === 'date_rule' ? ['days', 365] : ['num', 1000]
  const params = rawField(rule, 'params')
  if (Object.keys(params).join() !== key) return `params must hold ${key} alone`
  const text = textField(params, key)
  if (!/^[1-9]\d*$/.test(text) || Number(text) > largest) return `params.${key} must be a text from 1 to ${largest}`
  for (const selector of listField(rule, 'tag_selectors')) {
    if (textField(selector, 'kind') !== 'regexp') continue
    try {
      RE2JS.compile(textField(selector, 'pattern'))
    } catch {
      return `pattern ${textField(selector, 'pattern')} is no regular expression`
    }
  }
  return null
}

/** The tags that a rule deletes now. */
export function doomedBy(rule: unknown, { tags }: BasicRepository, now: number): BasicTag[] {
  const isException = exceptionOf(rule)
  const concerned = [...tags.values()]
    .filter(({ name }) => !isException(name))
    .toSorted((a, b) => Date.parse(b.updated) - Date.parse(a.updated))
  const params = rawField(rule, 'params')
  if (textField(rule, 'template') === 'tag_rule') return concerned.slice(Number(params.num))
  const boundary = now - Number(params.days) * dayMs
  return concerned.filter(({ updated }) => Date.parse(updated) < boundary)
}

const isOf = (organization: Organization, repository: BasicRepository) => (each: BasicRetention) =>
  each.project === organization.project && each.namespace === organization.name && each.repo === repository.name

export const retentionsOf = ({ basic }: World, organization: Organization, repository: BasicRepository) =>
  basic.retentions.filter(isOf(organization, repository))

/** Lets the rules of a repository do what they say, at once; each deleted tag is one line of the log. */
export function applyBasicRetention(world: World, organization: Organization, repository: BasicRepository, at: number) {
  for (const kept of retentionsOf(world, organization, repository)) {
    for (const rule of listField(kept.row, 'rules')) {
      for (const tag of doomedBy(rule, repository, at)) {
        repository.tags.delete(tag.name)
        const row: Raw = {
          id: nextBasicId(world),
          namespace: organization.name,
          repo: repository.name,
          retention_id: field(kept.row, 'id'),
          rule_type: JSON.stringify(rule),
          tag: tag.name,
          created_at: microTime(new Date(at)),
        }
        world.basic.retentionLog.push({ project: organization.project, row })
      }
    }
    kept.appliedTo = at
  }
}

/** Rules run once a day as well: days pass without a push. */
export function keepBasicRetentions(world: World) {
  const now = world.clock().getTime()
  for (const { project, namespace, repo, appliedTo } of world.basic.retentions) {
    if (Math.floor(now / dayMs) === Math.floor(appliedTo / dayMs)) continue
    const organization = world.basic.organizations.find((each) => each.project === project && each.name === namespace)
    const repository = organization?.repositories.find(({ name }) => name === repo)
    if (organization && repository) applyBasicRetention(world, organization, repository, now)
  }
}
