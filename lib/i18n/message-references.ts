import { parseAst } from 'vitest/node'

/** What a call such as `t('title')` names: a regular expression of full keys, or `null` where the key is a variable. */
export type Reference = { namespace: string; keys: RegExp | null }

type Node = { type: string; [part: string]: unknown }

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'

const nodesIn = (value: unknown): Node[] => (Array.isArray(value) ? value : [value]).filter(isNode)

const nameOf = (node: unknown) => (isNode(node) && node.type === 'Identifier' ? String(node.name) : undefined)

const awaited = (node: unknown) => (isNode(node) && node.type === 'AwaitExpression' ? node.argument : node)

const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** The namespace of `useTranslations('x')` and `getTranslations('x')`, with or without `await`. */
function namespaceOf(value: unknown): string | undefined {
  const call = awaited(value)
  if (!isNode(call) || call.type !== 'CallExpression') return undefined
  if (!['useTranslations', 'getTranslations'].includes(nameOf(call.callee) ?? '')) return undefined
  const [argument] = nodesIn(call.arguments)
  return argument?.type === 'Literal' ? String(argument.value) : undefined
}

/** `const t = useTranslations('x')`, and each member of `const [t, …] = await Promise.all([getTranslations('x'), …])`. */
function translatorsOf({ id, init }: Node): [name: string, namespace: string][] {
  const call = awaited(init)
  const pairs: [unknown, unknown][] = [[id, init]]
  if (isNode(id) && id.type === 'ArrayPattern' && isNode(call) && call.type === 'CallExpression') {
    const values = nodesIn(call.arguments)[0]?.elements
    if (Array.isArray(id.elements) && Array.isArray(values))
      for (const [at, element] of id.elements.entries()) pairs.push([element, values[at]])
  }
  return pairs.flatMap(([target, value]) => {
    const name = nameOf(target)
    const namespace = namespaceOf(value)
    return name !== undefined && namespace !== undefined ? [[name, namespace] as [string, string]] : []
  })
}

/** The keys that an expression can be, as sources of regular expressions; `null` when any of them is not written here. */
function keysOf(node: Node): string[] | null {
  const either = (...branches: unknown[]) => {
    const all = branches.filter(isNode).map(keysOf)
    return all.some((keys) => keys === null) ? null : all.flatMap((keys) => keys ?? [])
  }
  switch (node.type) {
    case 'Literal':
      return [escaped(String(node.value))]
    case 'ConditionalExpression':
      return either(node.consequent, node.alternate)
    case 'LogicalExpression':
      return either(node.left, node.right)
    case 'TemplateLiteral': {
      const fixed = nodesIn(node.quasis).map(({ value }) =>
        escaped(String(typeof value === 'object' && value !== null && 'cooked' in value ? value.cooked : '')),
      )
      // What is filled in is one part of a key, because parts that hold dots would name another level.
      return nodesIn(node.expressions).reduce(
        (heads, expression, index) =>
          heads.flatMap((head) =>
            (keysOf(expression) ?? ['[^.]+']).map((hole) => head + hole + (fixed[index + 1] ?? '')),
          ),
        [fixed[0] ?? ''],
      )
    }
    default:
      return null
  }
}

/** The translator that is called: `t` of `t('x')` and of `t.rich('x')`. */
const calledName = (callee: unknown) =>
  isNode(callee) && callee.type === 'MemberExpression' ? nameOf(callee.object) : nameOf(callee)

/** Every message that a source file asks for. */
export function messageReferences(source: string): Reference[] {
  const found: Reference[] = []
  const walk = (node: Node, scope: Map<string, string>) => {
    if (node.type === 'VariableDeclarator')
      for (const [name, namespace] of translatorsOf(node)) scope.set(name, namespace)
    const namespace = node.type === 'CallExpression' ? scope.get(calledName(node.callee) ?? '') : undefined
    const [argument] = nodesIn(node.arguments)
    if (namespace !== undefined && argument) {
      const keys = keysOf(argument)
      found.push({ namespace, keys: keys && new RegExp(`^${escaped(namespace)}\\.(?:${keys.join('|')})$`) })
    }
    // A function sees the translators around it; those of its own end with it.
    for (const child of Object.values(node).flatMap(nodesIn))
      walk(child, /Function/.test(child.type) ? new Map(scope) : scope)
  }
  const program: unknown = parseAst(source, { lang: 'tsx' })
  if (isNode(program)) walk(program, new Map())
  return found
}
