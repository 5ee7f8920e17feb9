import { z } from 'zod'
import { buildOrganization, defaultSizeBytes } from '../builders'
import { type Act, json, missing } from '../control-act'
import { demo } from '../demo'
import { repositories } from '../repositories-to-make'
import { microTime } from '../time'
import { copiesIn } from './copies'
import { settle } from './deliver'
import { newProject, nextBasicId, organizationIn, projectIn, projectOf, strict } from './places'
import { push, pushedDigest } from './push'

/*
 * The control port's part for the Basic Edition. An organization is named together with its region, the demo's unless it is
 * said otherwise; its project is that of the demo's account there.
 *
 *   POST /organizations             {name, region?, project?, auth?, tagSearch?: 'part' | 'whole', repositories: [{name,
 *                                   tags}], and what PUT /mood takes} → 201 {id}
 *   GET  /organizations/{name}      ?region= → what it holds: {name, project, mood, repositories: [{name, tags}]}
 *   PUT  /mood                      {organization, region?, mood?: 'strict' | 'as-recorded', lies?, seed?, lateSeconds?,
 *                                   secondsPerGigabyte?, automaticSeconds?}: how SWR treats what is sent from it; what is
 *                                   not given stays
 *   POST /push                      {organization, region?, repositories: [{name, tags}]}: pushes images, which automatic
 *                                   sync copies; a tag without digest is a new image each time
 *   POST /basic-retentions          {organization, region?, repository, rules}: a rule that was made elsewhere, whatever it
 *                                   says → 201 {id}; it deletes from the next push, or the next day, on
 *   PUT  /projects                  {region? | project?, account?, organizationQuota?, imageSync?, imageQuota?, agency?}
 *   PUT  /throttle                  {access, syncCalls, retryAfterSeconds?: 3}: 429 for a manual sync while the key has so
 *                                   many under way; syncCalls null = no limit
 *   GET  /synced                    ?organization= (source or target) → {copies: [{region, remoteOrganization, …}]}
 */

const region = z.string().default(demo.region)
const mood = {
  mood: z.enum(['strict', 'as-recorded']).optional(),
  lies: z.number().min(0).max(1).optional(),
  seed: z.int().optional(),
  lateSeconds: z.number().min(0).optional(),
  secondsPerGigabyte: z.number().min(0).optional(),
  automaticSeconds: z.number().min(0).optional(),
}
const newOrganization = z.strictObject({
  name: z.string(),
  region,
  project: z.string().optional(),
  auth: z.union([z.literal(7), z.literal(3), z.literal(1)]).default(7),
  repositories: repositories.default([]),
  tagSearch: z.enum(['part', 'whole']).default('part'),
  ...mood,
})
const moodOf = z.strictObject({ organization: z.string(), region, ...mood })
const pushed = z.strictObject({ organization: z.string(), region, repositories })
const keptRule = z.strictObject({
  organization: z.string(),
  region,
  repository: z.string(),
  rules: z.array(z.record(z.string(), z.unknown())),
})
const changedProject = z.strictObject({
  region,
  project: z.string().optional(),
  organizationQuota: z.int().min(0).optional(),
  account: z.string().optional(),
  imageSync: z.boolean().optional(),
  imageQuota: z.boolean().optional(),
  agency: z.boolean().optional(),
})
const throttle = z.strictObject({
  access: z.string(),
  syncCalls: z.int().min(0).nullable(),
  retryAfterSeconds: z.int().min(1).default(3),
})

export const basicActs: Readonly<Record<string, Act>> = {
  'POST /organizations'(world, body) {
    const {
      name,
      region: place,
      project: id,
      auth,
      tagSearch,
      repositories: wanted,
      ...given
    } = newOrganization.parse(body)
    if (id !== undefined && !world.basic.projects.has(id)) world.basic.projects.set(id, newProject(id, place))
    const project = id === undefined ? projectIn(world, place) : projectOf(world, id)
    if (organizationIn(world, project.region, name)) return json(409, { error: 'the organization exists' })
    const head = { id: nextBasicId(world), name, project: project.id, auth, tagSearch, mood: { ...strict, ...given } }
    world.basic.organizations.push(buildOrganization(head, wanted, microTime(world.clock())))
    return json(201, { id: head.id })
  },

  'GET /organizations/'(world, _body, query, name) {
    settle(world)
    const found = organizationIn(world, query.get('region') ?? demo.region, name)
    if (!found) return missing('organization')
    const { project, mood: now, repositories: all } = found
    const held = all.map((each) => ({ name: each.name, tags: [...each.tags.values()] }))
    return json(200, { name, project, mood: now, repositories: held })
  },

  'PUT /mood'(world, body) {
    const { organization, region: place, ...given } = moodOf.parse(body)
    const found = organizationIn(world, place, organization)
    if (!found) return missing('organization')
    found.mood = { ...found.mood, ...given }
    return json(200, found.mood)
  },

  'POST /push'(world, body) {
    const { organization, region: place, repositories: wanted } = pushed.parse(body)
    const found = organizationIn(world, place, organization)
    if (!found) return missing('organization')
    for (const { name, tags } of wanted)
      for (const tag of tags) {
        const { digest = pushedDigest(world, `${organization}/${name}:${tag.name}`), size = defaultSizeBytes } = {
          digest: undefined,
          size: undefined,
          ...tag,
        }
        push(world, found, name, { name: tag.name, digest, size })
      }
    return json(200, {})
  },

  'POST /basic-retentions'(world, body) {
    const { organization, region: place, repository: repo, rules } = keptRule.parse(body)
    const found = organizationIn(world, place, organization)
    if (!found?.repositories.some(({ name }) => name === repo)) return missing('repository')
    const id = nextBasicId(world)
    const row = { algorithm: 'or', id, rules, scope: '' }
    const appliedTo = world.clock().getTime()
    world.basic.retentions.push({ project: found.project, namespace: organization, repo, row, appliedTo })
    return json(201, { id })
  },

  'PUT /projects'(world, body) {
    const { region: place, project: id, ...given } = changedProject.parse(body)
    const project = id === undefined ? projectIn(world, place) : projectOf(world, id)
    return json(200, Object.assign(project, given))
  },

  'PUT /throttle'(world, body) {
    const { access, syncCalls, retryAfterSeconds } = throttle.parse(body)
    if (syncCalls === null) world.basic.throttles.delete(access)
    else world.basic.throttles.set(access, { syncCalls, retryAfterSeconds })
    return json(200, {})
  },

  'GET /synced'(world, _body, query) {
    const wanted = query.get('organization')
    const copies = copiesIn(world).filter(
      ({ organization, remoteOrganization }) => !wanted || organization === wanted || remoteOrganization === wanted,
    )
    return json(200, { copies })
  },
}
