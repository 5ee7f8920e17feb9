import { expectTypeOf, test } from 'vitest'
import type { PublicHandlers } from './request'
import type { StreamedJson } from './streamed-json'

type AnswerOf<Name extends 'retentionDryRunShow' | 'retentionDryRunStart' | 'inUsePut'> = Awaited<
  ReturnType<PublicHandlers<Name>[Name]>
>

test('only a read may be streamed: the answer of a write is kept for who asks again', () => {
  expectTypeOf<StreamedJson>().toExtend<AnswerOf<'retentionDryRunShow'>>()
  expectTypeOf<StreamedJson>().not.toExtend<AnswerOf<'retentionDryRunStart'>>()
  expectTypeOf<StreamedJson>().not.toExtend<AnswerOf<'inUsePut'>>()
})
