import { fieldByPath } from '@/components/form/edit/field-by-path'

/** The field that shows what the server says about a path of the request. */
export const fieldOfPath = fieldByPath<'tags' | 'repositories' | 'enabled'>([
  [/^tag_selectors/, 'tags'],
  [/^scope_selectors/, 'repositories'],
  [/^disabled$/, 'enabled'],
])
