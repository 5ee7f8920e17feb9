import type { InstanceLocation } from '../routes'
import type { ApiInput } from './operations'

/*
 * Questions that several screens ask: server and browser must ask them with equal words to meet in the cache.
 */

/** All instances of a project; more than a hundred would be a page of their own. */
export const allInstances = (connection: string): ApiInput<'instanceList'> => ({
  params: { connection },
  query: { offset: 0, limit: 100 },
})

/** All registries of an instance in one question: their quota is far below SWR's largest page. */
export const allRegistries = ({ connection, instance }: InstanceLocation): ApiInput<'registryList'> => ({
  params: { connection, instance_id: instance },
  query: { offset: 0, limit: 100, order_column: 'name', order_type: 'asc' },
})

/** The latest runs of a policy, or a page of its earlier ones. */
export const latestRuns = (
  { connection, instance }: InstanceLocation,
  policy: string,
  page = { offset: 0, limit: 10 },
): ApiInput<'executionList'> => ({
  params: { connection, instance_id: instance },
  query: { ...page, policy_id: Number(policy) },
})

/** The namespaces of an instance, as many as one answer holds. */
export const firstNamespaces = ({ connection, instance }: InstanceLocation): ApiInput<'namespaceList'> => ({
  params: { connection, instance_id: instance },
  query: { offset: 0, limit: 100 },
})

/** One of the largest pages of an instance's retention policies; SWR offers no order for them. */
export const retentionPage = ({ connection, instance }: InstanceLocation, page = 0): ApiInput<'retentionList'> => ({
  params: { connection, instance_id: instance },
  query: { offset: page * 100, limit: 100 },
})

/** What the console works out of all policies and namespaces of an instance. */
export const retentionIndexInput = ({ connection, instance }: InstanceLocation): ApiInput<'retentionIndex'> => ({
  params: { connection, instance_id: instance },
})

/** The first pages of a list that is loaded further on demand, each as large as SWR allows. */
export const pickerPages = (count: number) =>
  Array.from({ length: count }, (_, page) => ({ offset: page * 100, limit: 100 }))

/** The latest runs of a part of a policy; with `execution` those that copy the failures of that run again. */
export const partialRunsInput = (
  { connection, instance, policy, execution }: InstanceLocation & { policy: number; execution?: number },
  limit = 5,
): ApiInput<'partialRunList'> => ({
  params: { connection, instance_id: instance, policy_id: String(policy) },
  query: { offset: 0, limit, ...(execution !== undefined && { execution }) },
})
