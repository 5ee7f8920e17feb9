import type { Finding } from '@/lib/contract/console/checks'

/** Kinds in the order in which they come, each with its findings. */
export function byKind(findings: readonly Finding[]): [Finding['kind'], Finding[]][] {
  const kinds = new Map<Finding['kind'], Finding[]>()
  for (const finding of findings) kinds.set(finding.kind, [...(kinds.get(finding.kind) ?? []), finding])
  return [...kinds]
}
