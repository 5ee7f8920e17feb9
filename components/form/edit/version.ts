/** What a form is filled with in place of what it was opened on: an earlier version, a deleted policy, another policy. */
export interface FormVersion<Policy> {
  readonly revision: number | string
  /** Name of the policy that is duplicated. */
  readonly copyOf?: string
  readonly at: string
  readonly policy: Policy
}
