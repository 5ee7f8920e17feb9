import { expect, test } from 'vitest'
import { candidatesOf } from './accessories'

const hex = (letter: string) => letter.repeat(64)
const image = (letter: string, size: number, tags: string[] = [], type = 'IMAGE') => ({
  digest: `sha256:${hex(letter)}`,
  size,
  tags,
  type,
})

test('a signature is no candidate, and its bytes are those of its image', () => {
  const images = [
    image('a', 100, ['v1']),
    image('b', 3, [`sha256-${hex('a')}.sig`]),
    image('c', 5, [`sha256-${hex('a')}.sbom`]),
    image('d', 7),
  ]
  expect(candidatesOf(images)).toEqual([image('a', 108, ['v1']), image('d', 7)])
})

test.each([
  ['its image is not there', [`sha256-${hex('f')}.sig`], 'IMAGE'],
  ['it has a tag of its own', [`sha256-${hex('a')}.sig`, 'v1-signature'], 'IMAGE'],
  ['the tag only looks like it', [`sha256-${hex('a')}.sign`], 'IMAGE'],
  ['it has no tag', [], 'CHART'],
])('is one where %s', (_, tags, type) => {
  const images = [image('a', 100, ['v1']), image('b', 3, tags, type)]
  expect(candidatesOf(images)).toBe(images)
})

test('what SWR itself calls an accessory is none, whatever it belongs to', () => {
  const images = [image('a', 100, ['v1']), image('b', 3, [], 'signature.cosign')]
  expect(candidatesOf(images)).toEqual([images[0]])
})
