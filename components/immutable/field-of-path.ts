import { fieldByPath } from '@/components/form/edit/field-by-path'

type Field = 'namespace' | 'tags' | 'repositories' | 'enabled'

const ofBody = fieldByPath<Field>([
  [/^tag_selectors/, 'tags'],
  [/^scope_selectors/, 'repositories'],
  [/^disabled$/, 'enabled'],
])

/** The field that shows what the server says about a path of the request. */
export const fieldOfPath = (path: string): Field | undefined =>
  path === 'params.namespace_name' ? 'namespace' : ofBody(path)
