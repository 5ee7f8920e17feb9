import { longestPolicyName, nameSigns, policyNamePattern } from '../contract/vocabulary'
import type { FieldCode } from './validation-codes'

const foreignSign = new RegExp(`[^${nameSigns}]`, 'u')

/** What is wrong with the name of a policy or registry (docs/swr-api.md section 12); lengths count characters. */
export function nameFlaw(name: string, longest = longestPolicyName): FieldCode | null {
  if (name === '') return 'required'
  if ([...name].length > longest) return 'too_long'
  return foreignSign.test(name) ? 'name_characters' : null
}

/** The nearest name that SWR takes: what it does not take becomes a hyphen. */
export function legalName(name: string, otherwise: string): string {
  const legal = name.replaceAll(new RegExp(`[^${nameSigns}]+`, 'gu'), '-').replaceAll(/^-+|-+$/g, '')
  const cut = [...(policyNamePattern.test(name) ? name : legal)].slice(0, longestPolicyName).join('')
  return cut || otherwise
}

const part = /^[a-z0-9]+(?:(?:[.-]|_{1,2})[a-z0-9]+)*$/

/** A namespace on the other side. Its rules are those of the target's kind: the widest of them is checked here. */
export function namespaceField(text: string): FieldCode | null {
  if (text.split('/').some((name) => name.length > 64)) return 'too_long'
  return text === '' || text.split('/').every((name) => part.test(name)) ? null : 'namespace_characters'
}
