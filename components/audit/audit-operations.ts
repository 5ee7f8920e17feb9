/** Operations that the log knows by now. An entry of another one shows it as it is written. */
export const auditOperations = [
  'replicationCreate',
  'replicationUpdate',
  'replicationDelete',
  'executionStart',
  'retentionUpdate',
  'manualSync',
  'userInvite',
  'userUpdate',
  'userResetLink',
  'userSignOut',
  'signIn',
  'signOutEverywhere',
  'changePassword',
  'setPassword',
  'setUp',
  'entriesLeftOut',
] as const
