import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { basicActs } from './basic/control'
import { projectIn } from './basic/places'
import { buildNamespaces } from './builders'
import { type Act, json, missing } from './control-act'
import { demo } from './demo'
import { type Answer, type Incoming, parsedJson, splitTarget } from './exchange'
import { numberField } from './json-fields'
import { instanceRepositories } from './repositories-to-make'
import { retentionActs, retentionContent } from './retention/control'
import { advance, hurry } from './runs/advance'
import { emptyInstance, instanceInfo } from './seed/empty-instance'
import { microTime } from './time'
import { newKey, type World } from './world'

/*
 * The control port: JSON, unsigned, loopback only, no part of SWR. Each test makes what it works in and so never meets
 * another. Rows (registries, policies, retentions, executions) are kept verbatim, ids included, and never repaired: that is
 * how a test lets "SWR" answer with unknown fields, nulls and odd rows. An execution that is given so has the tasks that are
 * given for its id, and a task the subtasks that are given for its own.
 *
 *   GET  /health                    {ok: true}
 *   POST /instances                 {name?, project?, content?: {namespaces: [{name, repositories: [{name, tags}]}],
 *                                   registries, policies, retentions, executions, tasks: {execution id: rows},
 *                                   subtasks: {task id: rows}, statistics, deadSchedules: policy ids, taskNames,
 *                                   basicPull, and what retention/control.ts says}} → 201 {id}
 *   GET  /instances/{id}            everything stored for it
 *   PUT  /rows                      {instance, executions?, tasks?, subtasks?, and the same of retention}: rows that SWR has
 *                                   changed; executions by their id, tasks and subtasks as with POST /instances
 *   POST /keys                      {access, secret, securityToken?, project? | region?} → 201 {access}; with a region it is
 *                                   for the project of the demo's account there
 *   PUT  /keys                      {access, secret}: gives a key another secret
 *   GET  /requests                  ?instance= &organization= &access= &operation= &after={n} → {requests: [{n, at, method,
 *                                   path, query, body, access, operation, status, takes}], forgotten}; status null = not
 *                                   answered, takes = milliseconds, forgotten = how many are no longer kept, reads first
 *   PUT  /pace                      {instance?, secondsPerTask} of runs, 0 = at once, also of those under way; without
 *                                   instance: of all others
 *   PUT  /delay                     {milliseconds}: how long SWR takes for each answer, 0 = none; not for those of this port
 *
 * What concerns the Basic Edition alone is in basic/control.ts, what concerns retention and images in retention/control.ts.
 *
 * Tasks of runs name their repositories as Harbor does today (`library/nginx [2 item(s) in total]`), or with `taskNames`
 * "listed" as it did before (`library/nginx:[1.25,1.26]`).
 *
 * Enabled policies run by their schedule from the making of the instance on, but for those named in `deadSchedules`, which
 * stand still until they are saved again.
 *
 * `basicPull` is what a pull from a Basic Edition registry copies, which nobody knows of SWR for sure: "everything" (the
 * default) whatever the filters say, or what is "filtered".
 *
 * A tag is a name or {name, digest?, size?, pushed?, pulled?}; tags with one digest are one artifact. Project defaults to
 * the demo's. A name that exists is refused with 409.
 */

const rows = z.array(z.unknown()).default([])
const rowsById = z.record(z.string().regex(/^\d+$/), z.array(z.unknown())).default({})
const project = z.string().default(demo.project)

const newInstance = z.strictObject({
  name: z.string().optional(),
  project,
  content: z
    .strictObject({
      namespaces: z.array(z.strictObject({ name: z.string(), repositories: instanceRepositories })).default([]),
      registries: rows,
      policies: rows,
      retentions: rows,
      executions: rows,
      tasks: rowsById,
      subtasks: rowsById,
      ...retentionContent,
      statistics: z.record(z.string(), z.unknown()).default({}),
      deadSchedules: z.array(z.int()).default([]),
      taskNames: z.enum(['counted', 'listed']).default('counted'),
      basicPull: z.enum(['everything', 'filtered']).default('everything'),
    })
    .prefault({}),
})
const keyToAdd = z.strictObject({
  access: z.string().regex(/^[\w-]+$/),
  secret: z.string(),
  securityToken: z.string().optional(),
  project: z.string().optional(),
  region: z.string().default(demo.region),
})
const changedRows = z.strictObject({
  instance: z.string(),
  executions: z.array(z.looseObject({ id: z.int() })).default([]),
  tasks: rowsById,
  subtasks: rowsById,
  retentionExecutions: z.array(z.looseObject({ id: z.int() })).default([]),
  retentionTasks: rowsById,
  retentionSubtasks: rowsById,
})
const delay = z.strictObject({ milliseconds: z.int().min(0) })
const pace = z.strictObject({ instance: z.string().optional(), secondsPerTask: z.number().min(0) })

function withChanges(rows: readonly unknown[], given: readonly { readonly id: number }[]): unknown[] {
  const changed = new Map<unknown, unknown>(given.map((row) => [row.id, row]))
  return rows.map((row) => changed.get(numberField(row, 'id')) ?? row)
}

const acts: Readonly<Record<string, Act>> = {
  ...basicActs,
  ...retentionActs,

  'GET /health': () => json(200, { ok: true }),

  'POST /instances'(world, body) {
    const { name, project: owner, content } = newInstance.parse(body)
    const id = randomUUID()
    const from = world.clock()
    const now = microTime(from)
    const label = name ?? `instance-${id.slice(0, 8)}`
    const info = instanceInfo(id, label, owner, `${label}.swr-pro.example.com`, now)
    const instance = emptyInstance(id, owner, info, from)
    const { namespaces, gates, retentionMood, ...verbatim } = content
    Object.assign(instance, verbatim, {
      namespaces: buildNamespaces(namespaces, now),
      gates: { ...instance.gates, ...gates },
      retentionMood: { ...instance.retentionMood, ...retentionMood },
    })
    world.instances.set(id, instance)
    return json(201, { id })
  },

  'GET /instances/'(world, _body, _query, id) {
    const instance = world.instances.get(id)
    if (!instance) return missing('instance')
    advance(world, instance)
    const {
      runs: _runs,
      retentionRuns: _retention,
      issued: _issued,
      past: _past,
      keptTo: _keptTo,
      ...stored
    } = instance
    return json(200, stored)
  },

  'POST /keys'(world, body) {
    const { region, project: owner = projectIn(world, region).id, ...key } = keyToAdd.parse(body)
    if (world.keys.has(key.access)) return json(409, { error: 'the key exists' })
    world.keys.set(key.access, newKey({ ...key, project: owner }))
    return json(201, { access: key.access })
  },

  'PUT /keys'(world, body) {
    const { access, secret } = keyToAdd.parse(body)
    const key = world.keys.get(access)
    if (!key) return json(404, { error: 'there is no such key' })
    // The gateway goes on counting: it knows the key by its access part.
    world.keys.set(access, { ...key, secret })
    return json(200, { access })
  },

  'GET /requests'(world, _body, query) {
    const after = Number(query.get('after') ?? 0)
    const [instance, organization, access] = ['instance', 'organization', 'access'].map((name) => query.get(name))
    const operation = query.get('operation')
    const requests = world.received.filter(
      (row) =>
        row.n > after &&
        (!access || row.access === access) &&
        (!operation || row.operation === operation) &&
        (!instance || row.path.split('/').includes(instance)) &&
        (!organization ||
          `${row.path}/`.startsWith(`/v2/manage/namespaces/${organization}/`) ||
          (row.path.startsWith('/v2/manage/') && row.query.namespace === organization)),
    )
    return json(200, { requests, forgotten: world.forgotten })
  },

  'PUT /rows'(world, body) {
    const { instance: id, ...given } = changedRows.parse(body)
    const instance = world.instances.get(id)
    if (!instance) return missing('instance')
    instance.executions = withChanges(instance.executions, given.executions)
    instance.retentionExecutions = withChanges(instance.retentionExecutions, given.retentionExecutions)
    for (const name of ['tasks', 'subtasks', 'retentionTasks', 'retentionSubtasks'] as const)
      Object.assign(instance[name], given[name])
    return json(200, {})
  },

  'PUT /pace'(world, body) {
    const { instance: id, secondsPerTask } = pace.parse(body)
    const instance = id === undefined ? undefined : world.instances.get(id)
    if (id !== undefined && !instance) return missing('instance')
    // What has passed until now passed at the old pace.
    const touched = instance ? [instance] : [...world.instances.values()]
    for (const each of touched) advance(world, each)
    if (instance) instance.secondsPerTask = secondsPerTask
    else world.secondsPerTask = secondsPerTask
    for (const each of touched) hurry(world, each)
    return json(200, {})
  },

  'PUT /delay'(world, body) {
    world.delayMs = delay.parse(body).milliseconds
    return json(200, {})
  },
}

/** Answers the control port. */
export function controlAnswer(world: World, { method, target, body }: Incoming): Answer {
  const { pathname, search } = splitTarget(target)
  const [, first = '', id, ...more] = pathname.split('/')
  const act = more.length === 0 ? acts[`${method} /${first}${id === undefined ? '' : '/'}`] : undefined
  if (!act) return missing('call')
  try {
    return act(world, parsedJson(body), new URLSearchParams(search), id ?? '')
  } catch (error) {
    if (error instanceof z.ZodError) return json(400, { error: z.prettifyError(error) })
    return json(500, { error: String(error) })
  }
}
