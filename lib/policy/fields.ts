import * as z from 'zod/mini'
import type { FieldCode } from './validation-codes'

/** Name of a policy (NOTES section 12). */
export const nameField = z
  .string()
  .check(z.minLength(1, 'required'), z.maxLength(256, 'too_long'), z.regex(/^[A-Za-z0-9_-]*$/, 'name_characters'))

const part = /^[a-z0-9]+(?:(?:[.-]|_{1,2})[a-z0-9]+)*$/

/** A namespace on the other side. Its rules are those of the target's kind: the widest of them is checked here. */
export function namespaceField(text: string): FieldCode | null {
  if (text.split('/').some((name) => name.length > 64)) return 'too_long'
  return text === '' || text.split('/').every((name) => part.test(name)) ? null : 'namespace_characters'
}
