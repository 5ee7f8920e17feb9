import type { FieldPath } from 'react-hook-form'
import { fieldByPath } from '@/components/form/edit/field-by-path'
import type { EditKind, EditRequests } from '@/components/form/edit/kind'
import type { Registry, RegistryBody } from '@/lib/contract/swr/registry'
import {
  blankRegistry,
  mergeRegistry,
  type RegistryDraft,
  type RegistryQuestion,
  type RegistryValues,
  registryForm,
  registryQuestions,
  toBody,
  toForm,
  unsavedFields,
  withoutSecret,
} from '@/lib/policy/registry/form'
import { toRequest } from '@/lib/policy/registry/request'
import { useApiWrite, useFreshRead } from '@/lib/query/client'
import type { InstanceLocation } from '@/lib/routes'

const fieldOfPath = fieldByPath<FieldPath<RegistryDraft>>([
  [/^name$/, 'name'],
  [/^description$/, 'description'],
  [/^type$/, 'type'],
  [/^url$/, 'url'],
  [/^insecure$/, 'insecure'],
  [/^region_id$/, 'region'],
  [/^project_id$/, 'project'],
  [/^instance_id$/, 'instance'],
  [/^credential\.access_key$/, 'login'],
  [/^credential\.access_secret$/, 'secret'],
  [/^dns_conf/, 'hosts'],
])

const shared: Omit<
  EditKind<Registry, RegistryDraft, RegistryValues, RegistryBody, RegistryQuestion>,
  'serverFields'
> = {
  kind: 'registry',
  schema: registryForm,
  blank: blankRegistry,
  toForm,
  toBody: toBody,
  toRequest: toRequest,
  // The secret that will be sent is not shown again.
  toShown: withoutSecret,
  fieldOfPath,
  unsavedFields: unsavedFields,
  questions: registryQuestions,
  merge: mergeRegistry,
}

export const newRegistry = { ...shared, serverFields: ['asRead'] as const }
/** The type of a registry that exists cannot change. */
export const knownRegistry = { ...shared, serverFields: ['asRead', 'type'] as const }

export function useRegistryRequests({ connection, instance }: InstanceLocation): EditRequests<Registry, RegistryBody> {
  const read = useFreshRead()
  const params = { connection, instance_id: instance }
  const paramsOf = (registry: Registry) => ({ ...params, registry_id: String(registry.id) })
  const create = useApiWrite('registryCreate', { stale: ['registryList'] })
  const update = useApiWrite('registryUpdate', { stale: ['registryList', 'registryShow'] })
  return {
    async send(body, original, options) {
      const written =
        original === undefined
          ? await create.mutateAsync({ params, body, ...options })
          : await update.mutateAsync({ params: paramsOf(original), ifMatch: original.content_hash, body, ...options })
      // The secret does not stay in memory longer than it is needed.
      create.reset()
      update.reset()
      return written
    },
    read: (original) => read('registryShow', { params: paramsOf(original) }),
    taken: {
      code: 'registry_taken',
      check: async (name, original) => {
        const query = { offset: 0, limit: 100, name }
        const found = await read('registryList', { params, query }).catch(() => undefined)
        return found?.registries.some((other) => other.name === name && other.id !== original?.id) ?? false
      },
    },
  }
}
