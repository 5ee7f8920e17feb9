/** How many complaints a form has, also of what stands in lists: a complaint is known by the code of its kind. */
export function countErrors(errors: unknown): number {
  if (typeof errors !== 'object' || errors === null) return 0
  if ('type' in errors && typeof errors.type === 'string') return 1
  return Object.values(errors).reduce((count: number, part) => count + countErrors(part), 0)
}
