import { expect, test } from 'vitest'
import { candidatesOf } from './accessories'

const hex = (letter: string) => letter.repeat(64)
const image = (letter: string, tags: string[] = [], type = 'IMAGE') => ({
  digest: `sha256:${hex(letter)}`,
  size: 3,
  tags,
  type,
})

test.each([
  ['a signature of cosign that SWR has not linked', [`sha256-${hex('a')}.sig`], 'IMAGE'],
  ['an attestation of cosign', [`sha256-${hex('a')}.att`], 'IMAGE'],
  ['an SBOM of cosign', [`sha256-${hex('a')}.sbom`], 'IMAGE'],
  ['what SWR calls an accessory and lists with a tag', ['v1-signature'], 'signature.cosign'],
  ['an image without a tag', [], 'CHART'],
])('%s is listed, and so a candidate', (_, tags, type) => {
  const images = [image('a', ['v1']), image('b', tags, type)]
  expect(candidatesOf(images)).toBe(images)
})

test('what SWR itself calls an accessory, without a tag, is none', () => {
  const images = [image('a', ['v1']), image('b', [], 'signature.cosign')]
  expect(candidatesOf(images)).toEqual([images[0]])
})
