import type { Difference } from '../../contract/difference'

type Tree = Readonly<Record<string, unknown>>
type Children = readonly (readonly [string, unknown])[]

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value)
const isLeaf = (value: unknown) => typeof value !== 'object' || value === null

/** The `type` of every element, if that tells them apart. */
function typesOf(list: readonly unknown[]): string[] | null {
  const types = list.map((element) => (isTree(element) && typeof element.type === 'string' ? element.type : ''))
  return !types.includes('') && new Set(types).size === types.length ? types : null
}

/** Elements are known by what stays when others come and go: their value, else their type, else their place. */
function elementKeys(lists: readonly (readonly unknown[])[]): (list: readonly unknown[]) => string[] {
  const byValue = lists.every((list) => list.every(isLeaf) && new Set(list.map(String)).size === list.length)
  const byType = lists.every((list) => typesOf(list) !== null)
  return (list) => {
    const places = list.map((_, index) => String(index))
    return byValue ? list.map(String) : byType ? (typesOf(list) ?? places) : places
  }
}

function childrenOf(before: unknown, after: unknown, path: string): [Children, Children] | null {
  const sides = [before, after].filter((side) => side !== undefined)
  const lists = sides.filter(Array.isArray)
  if (lists.length > 0 && lists.length === sides.length) {
    const keys = elementKeys(lists)
    const children = (side: unknown): Children =>
      Array.isArray(side) ? keys(side).map((key, index) => [`${path}[${key}]`, side[index]]) : []
    return [children(before), children(after)]
  }
  if (!sides.every(isTree)) return null
  const children = (side: unknown): Children =>
    isTree(side) ? Object.entries(side).map(([key, value]) => [path === '' ? key : `${path}.${key}`, value]) : []
  return [children(before), children(after)]
}

/**
 * What changes between two wire objects, leaf by leaf in the order of `after`; what disappears comes last. For a new object
 * `before` is undefined. A missing property and an empty list or object count as nothing.
 */
export function differences(before: unknown, after: unknown, path = ''): Difference[] {
  if (before === undefined && after === undefined) return []
  const children = childrenOf(before, after, path)
  if (children === null) {
    if (Object.is(before, after)) return []
    if (before === undefined) return [{ path, kind: 'added', after }]
    if (after === undefined) return [{ path, kind: 'removed', before }]
    return [{ path, kind: 'changed', before, after }]
  }
  const [old, now] = children.map((side) => new Map(side)) as [Map<string, unknown>, Map<string, unknown>]
  const paths = new Set([...now.keys(), ...old.keys()])
  return [...paths].flatMap((child) => differences(old.get(child), now.get(child), child))
}
