import type { ListedFinding } from '@/lib/contract/console/checks'

/** Kinds in the order in which they come, each with its findings. */
export function byKind(findings: readonly ListedFinding[]): [ListedFinding['kind'], ListedFinding[]][] {
  const kinds = new Map<ListedFinding['kind'], ListedFinding[]>()
  for (const finding of findings) kinds.set(finding.kind, [...(kinds.get(finding.kind) ?? []), finding])
  return [...kinds]
}
