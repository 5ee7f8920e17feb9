/** The namespace that the content of a stored version names; undefined where SWR gave its number only. */
export function namespaceOfRevision(content: unknown): string | undefined {
  if (typeof content !== 'object' || content === null || !('namespace_name' in content)) return undefined
  const { namespace_name: name } = content
  return typeof name === 'string' && name !== '' ? name : undefined
}
