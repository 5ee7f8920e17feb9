import { expect, test } from 'vitest'
import { addTags, emptyBasket } from '../basket/basket'
import { cutOf, isCut } from './todays-cut'

const found = (repository: string, tags: readonly string[], total = tags.length) => ({
  images: tags.map((tag) => ({ repository, tag, size: 1 })),
  total,
  complete: true,
})

test('names the repositories that are not in the basket with all their tags', () => {
  const answers = new Map([
    ['team/whole', found('team/whole', ['1', '2'])],
    ['team/empty', found('team/empty', [])],
    ['team/half', found('team/half', ['1', '2'])],
    ['team/long', found('team/long', ['1'], 2)],
    ['team/refused', null],
  ])
  const images = [...answers.values()].flatMap((answer) => answer?.images ?? [])
  const fits = images.filter(({ repository, tag }) => repository !== 'team/half' || tag !== '2')
  const { basket } = addTags(emptyBasket, fits)
  expect(cutOf(basket, [...answers.keys(), 'team/behind'], answers)).toEqual({
    held: 4,
    partial: ['team/half', 'team/long', 'team/behind'],
    unread: ['team/refused'],
  })
})

test('nothing is cut where all tags are in', () => {
  const answers = new Map([['team/api', found('team/api', ['1'])]])
  const { basket } = addTags(emptyBasket, found('team/api', ['1']).images)
  expect(isCut(cutOf(basket, ['team/api'], answers))).toBe(false)
})
