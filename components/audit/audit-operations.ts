/** Operations that the log knows by now. An entry of another one shows it as it is written. */
export const auditOperations = [
  'replicationCreate',
  'replicationUpdate',
  'replicationDelete',
  'executionStart',
  'executionStop',
  'partialRunStart',
  'retentionUpdate',
  'manualSync',
  'registryCreate',
  'registryUpdate',
  'registryDelete',
  'userInvite',
  'userUpdate',
  'userResetLink',
  'userSignOut',
  'userUnlock',
  'tokenCreate',
  'tokenRevoke',
  'signIn',
  'signOutEverywhere',
  'changePassword',
  'setPassword',
  'setUp',
  'entriesLeftOut',
  'partialRunCancel',
  'connectionRetry',
  'findingMute',
  'findingUnmute',
] as const

/** Acts of their own that are changes on the wire; a filter cannot tell them from other changes. */
export const switchActs = ['replicationEnable', 'replicationDisable', 'retentionEnable', 'retentionDisable'] as const
