/**
 * Name of a repository where a policy puts it. A namespace replaces all but the last part of the name: that is Harbor's older
 * rule, inferred for SWR (docs/swr-api.md section 8).
 */
export function destinationOf(policy: { readonly dest_namespace?: string | undefined }, repository: string): string {
  const namespace = policy.dest_namespace
  return namespace ? `${namespace}/${repository.slice(repository.lastIndexOf('/') + 1)}` : repository
}
