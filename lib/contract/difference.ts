/** One leaf in which two wire objects differ, at a path such as `filters[name].value`. */
export interface Difference {
  path: string
  kind: 'added' | 'removed' | 'changed'
  before?: unknown
  after?: unknown
}
