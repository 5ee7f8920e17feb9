/** What another content, or a switch, makes old; not read again for a policy that is gone. Apart from forms: lists need it, too. */
export const retentionReads = ['retentionList', 'retentionShow', 'retentionLockShow', 'retentionDecide'] as const
