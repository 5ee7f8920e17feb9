/** What another list of a cluster makes old: marks and locks wherever a screen shows them. */
export const inUseReads = ['inUseList', 'retentionLockShow', 'retentionDecide', 'basicRetentionDecide'] as const
