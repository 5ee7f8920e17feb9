/** Replaces what was typed into a pattern field. */
export type RepairPattern = (name: 'tagPattern' | 'repositoryPattern', pattern: string) => void
