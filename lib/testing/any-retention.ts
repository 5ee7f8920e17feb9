import fc from 'fast-check'

/*
 * Random namespaces and rules, in a small world: edges, ties, wrong patterns and numbers that nobody can read are frequent.
 */

const [day, second] = [86_400_000, 1000]

const names = ['api', 'web', 'team', 'team/api', 'team/core/db']
/** The digest of an image, by its place in its repository. */
export const digestAt = (place: number): string => `sha256:${place.toString(16).padStart(64, '0')}`

const mostImages = 16
/** What cosign calls things that belong to one of the images, or to none. */
const cosignTag = fc
  .record({ place: fc.nat(mostImages), kind: fc.constantFrom('sig', 'att', 'sbom') })
  .map(({ place, kind }) => `${digestAt(place).replace(':', '-')}.${kind}`)
const tag = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('latest', 'v1', 'v1.1', 'v1.2', 'v2', 'main', 'rc-1', 'rc-10') },
  { weight: 1, arbitrary: cosignTag },
)
const pattern = fc.constantFrom(
  ...['**', '*', 'v*', 'v1.?', '{v1,main}', '{v1.{1,2},main}', 'v1{,.1}', 'rc-[0-9]', 'latest,v1', '', 'v[1', '[^v]*'],
)
const repositoryPattern = fc.constantFrom(
  ...['**', '*', 'team/**', '**/api', 'api', '{api,web}', '{api,team/api}', '', 'te['],
)
const template = fc.constantFrom('latestPushedK', 'latestPulledN', 'nDaysSinceLastPush', 'nDaysSinceLastPull')
const amount = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 0, max: 6 }) },
  { weight: 1, arbitrary: fc.constantFrom('2', null, -3, 1.9, 106_752) },
)

const rule = fc
  .record({
    template,
    amount,
    disabled: fc.boolean(),
    tags: fc.array(
      fc.record({
        decoration: fc.constantFrom('matches', 'excludes'),
        pattern,
        extras: fc.constantFrom('', '{"untagged":true}', '{"untagged":false}', '{}', 'null'),
      }),
      { maxLength: 2 },
    ),
    repository: fc.array(
      fc.record({ decoration: fc.constantFrom('repoMatches', 'repoExcludes'), pattern: repositoryPattern }),
      { maxLength: 2 },
    ),
  })
  .map(({ template: name, amount: value, tags, repository, ...more }) => ({
    ...more,
    action: 'retain',
    template: name,
    params: { [name]: value },
    tag_selectors: tags.map((each) => ({ kind: 'doublestar', ...each })),
    scope_selectors: { repository: repository.map((each) => ({ kind: 'doublestar', ...each })) },
  }))

const immutableRule = fc
  .record({
    disabled: fc.boolean(),
    decoration: fc.constantFrom('matches', 'excludes'),
    pattern,
    repositoryDecoration: fc.constantFrom('repoMatches', 'repoExcludes'),
    repository: repositoryPattern,
  })
  .map(({ disabled, decoration, pattern: tags, repositoryDecoration, repository }) => ({
    disabled,
    tag_selectors: [{ kind: 'doublestar', decoration, pattern: tags }],
    scope_selectors: { repository: [{ kind: 'doublestar', decoration: repositoryDecoration, pattern: repository }] },
  }))

/** What a run may meet at a time. */
export function anyRetention(now: Date) {
  /** Whole days apart, sometimes within one second. */
  const time = fc
    .record({ days: fc.integer({ min: 0, max: 12 }), ms: fc.constantFrom(0, 0, 400, 900, second, -second) })
    .map(({ days, ms }) => now.getTime() - days * day - ms)
  const image = fc.record({
    tags: fc.uniqueArray(tag, { maxLength: 3 }),
    pushed: time,
    pulled: fc.option(time, { nil: 0, freq: 2 }),
  })
  return {
    image,
    /** More images than twelve are sorted in another way. */
    repositories: fc.uniqueArray(
      fc.record({ name: fc.constantFrom(...names), images: fc.array(image, { maxLength: mostImages }) }),
      { selector: ({ name }) => name, minLength: 1 },
    ),
    rules: fc.array(rule, { maxLength: 3 }),
    /** SWR's pages name one for each namespace; its engine takes several. */
    immutableRules: fc
      .array(immutableRule, { maxLength: 2 })
      .map((rules) => rules.map((rule, at) => ({ ...rule, id: at + 1 }))),
  }
}
