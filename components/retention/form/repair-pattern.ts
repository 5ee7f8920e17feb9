/** Replaces what was typed into a pattern field. */
export type RepairPattern = (name: `rules.${number}.${'tagPattern' | 'repositoryPattern'}`, pattern: string) => void
