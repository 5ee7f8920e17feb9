/** A question of a form with the fields that answer it together: taken apart they could contradict each other. */
export interface Question<Draft> {
  readonly name: string
  readonly fields: readonly (keyof Draft & string)[]
}

export type Side = 'now' | 'mine'

/** Three versions of a draft: what was opened, what is there now, what was typed. */
export interface Sides<Draft> {
  readonly opened: Draft
  readonly now: Draft
  readonly mine: Draft
}

/** A question whose two answers differ. `side` is who answers it; null when both changed it, so that a person must say. */
export interface Conflicts<Asked> {
  readonly question: Asked
  readonly side: Side | null
}

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)

/** Where two versions of what was opened differ: who changed a question alone answers it. */
export function conflicts<Draft, Asked extends Question<Draft>>(
  questions: readonly Asked[],
  { opened, now, mine }: Sides<Draft>,
): Conflicts<Asked>[] {
  const answer = ({ fields }: Asked, draft: Draft) => fields.map((field) => draft[field])
  return questions.flatMap((question) => {
    const [was, is, wanted] = [opened, now, mine].map((draft) => answer(question, draft))
    if (same(is, wanted)) return []
    return [{ question, side: same(was, is) ? 'mine' : same(was, wanted) ? 'now' : null }]
  })
}

/** What is there now, with the answers that are mine. */
export function merge3<Draft extends object>(
  { now, mine }: { now: Draft; mine: Draft },
  taken: readonly Question<Draft>[],
): Draft {
  const draft = { ...now }
  for (const field of taken.flatMap(({ fields }) => fields)) draft[field] = mine[field]
  return draft
}
