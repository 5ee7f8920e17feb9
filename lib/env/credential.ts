/** Keys to an SWR account. They never leave the server. */
export interface Credential {
  readonly access: string
  readonly secret: string
  /** Sent and signed as `x-security-token` by whoever builds the headers. */
  readonly securityToken?: string
}
