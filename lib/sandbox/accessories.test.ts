import { expect, test } from 'vitest'
import { linkSignature, linkSignatures } from './accessories'
import { never } from './time'
import type { Artifact } from './world'

const hex = (letter: string) => letter.repeat(64)
const digest = (letter: string) => `sha256:${hex(letter)}`
let id = 0
function artifact(letter: string, ...names: string[]): Artifact {
  const times = { pushed: '2026-01-01T00:00:00Z', pulled: never }
  id += 10
  const tags = names.map((name, at) => ({ id: id + at + 1, name, ...times }))
  return { id, digest: digest(letter), type: 'IMAGE', size: 7, ...times, tags }
}
const shown = (artifacts: readonly Artifact[]) =>
  artifacts.map((each) => [each.digest, (each.accessories ?? []).map((accessory) => accessory.digest)])

test('a signature of cosign is linked to its image and not listed; attestations and SBOMs are images', () => {
  const image = artifact('a', 'v1')
  const [signature, attestation, sbom] = ['sig', 'att', 'sbom'].map((kind, at) =>
    artifact(['b', 'c', 'd'][at] ?? '', `sha256-${hex('a')}.${kind}`),
  )
  if (!signature || !attestation || !sbom) throw new Error('three were made')
  expect(shown(linkSignatures([image, signature, attestation, sbom]))).toEqual([
    [digest('a'), [digest('b')]],
    [digest('c'), []],
    [digest('d'), []],
  ])
})

test('without its image, and for itself, a signature stays an image', () => {
  const all = [artifact('a', 'v1'), artifact('b', `sha256-${hex('f')}.sig`), artifact('c', `sha256-${hex('c')}.sig`)]
  expect(linkSignatures(all)).toEqual(all)
})

test('two that sign each other do not vanish both, and one that is pushed again is there once', () => {
  const mutual = linkSignatures([artifact('a', `sha256-${hex('b')}.sig`), artifact('b', `sha256-${hex('a')}.sig`)])
  expect(shown(mutual)).toEqual([[digest('b'), [digest('a')]]])
  const signature = artifact('b', `sha256-${hex('a')}.sig`)
  const once = linkSignature([artifact('a', 'v1'), signature], signature.digest)
  expect(shown(linkSignature([...once, signature], signature.digest))).toEqual([[digest('a'), [digest('b')]]])
})
