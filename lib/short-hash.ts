import 'server-only'
import { createHash } from 'node:crypto'

/** Characters of base64url: 144 bits. Each row of a list carries one. */
const hashLength = 24

/** Says whether a text is the same as at another time. Nothing secret goes in: short texts can be guessed. */
export const shortHash = (text: string): string =>
  createHash('sha256').update(text).digest('base64url').slice(0, hashLength)
