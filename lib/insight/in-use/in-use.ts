import 'server-only'
import type { Db } from '../../db/schema'

export interface UsedImage {
  readonly repository: string
  readonly digest: string
  readonly tags: readonly string[]
}

export async function inUseOf(
  _db: Db,
  _connection: string,
  images: readonly UsedImage[],
): Promise<{ byImage: string[][]; old: string[] }> {
  return { byImage: images.map(() => []), old: [] }
}
