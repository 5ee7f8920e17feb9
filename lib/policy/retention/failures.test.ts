import { expect, test } from 'vitest'
import { type FailedPart, FailureGroups } from './failures'

const part = (more: Partial<FailedPart>): FailedPart => ({
  act: 'copy',
  text: '',
  images: 1,
  repository: 'library/web',
  tag: 'v1',
  ...more,
})
function grouped(parts: readonly Partial<FailedPart>[]) {
  const groups = new FailureGroups()
  for (const each of parts) groups.add(part(each))
  return groups.found
}

test('words that differ by names alone are one cause, the most frequent first', () => {
  const denied = (name: string) => `failed to push ${name}: 401 unauthorized`
  expect(
    grouped([
      { text: 'archive_taken' },
      { text: denied('library/web:v1') },
      { text: denied('library/web:v2'), tag: 'v2' },
      { text: denied('library/team/api:v2'), tag: 'v2', repository: 'library/team/api', images: 3 },
    ]),
  ).toEqual([
    {
      act: 'copy',
      cause: 'credential',
      text: denied('library/web:v1'),
      images: 5,
      repositories: ['library/team/api', 'library/web'],
      repositoryCount: 2,
    },
    {
      act: 'copy',
      cause: 'other',
      text: 'archive_taken',
      images: 1,
      repositories: ['library/web'],
      repositoryCount: 1,
    },
  ])
})

test('what is done is told apart, and of a deletion no cause of copies is guessed', () => {
  const text = '401 unauthorized'
  expect(
    grouped([{ text }, { text, act: 'restore' }, { text, act: 'delete' }]).map(({ act, cause }) => [act, cause]),
  ).toEqual([
    ['copy', 'credential'],
    ['restore', 'credential'],
    ['delete', 'other'],
  ])
})

test('repositories that failed as a whole are no images, and are named up to a number', () => {
  const found = grouped(
    Array.from({ length: 25 }, (_, index) => ({
      act: 'delete' as const,
      images: 0,
      tag: '',
      repository: `library/r${index}`,
    })),
  )
  expect(found).toMatchObject([{ images: 0, repositoryCount: 25 }])
  expect(found[0]?.repositories).toHaveLength(20)
})
