import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { DecisionFilter } from '@/lib/contract/console/retention-vocabulary'
import type { RetentionBody } from '@/lib/contract/swr/retention'
import { apiPolling } from '@/lib/query/client'
import type { ApiInput } from '@/lib/query/operations'
import type { InstanceLocation } from '@/lib/routes'
import { useSettled } from '../../match/use-settled'

/** An answer that takes longer is not waited for before the next question, once that has stood still for so long. */
const patienceMs = 100
/** Each number of one that is dragged has an answer of its own: few are looked at again. */
const keptMs = 30_000
const whileListingMs = 1_500

/** What is decided: the rules of a policy that is saved, or rules as they stand in a form. */
export interface DecisionSubject {
  readonly namespace: string
  /** The saved policy: its rules are decided, or compared with. */
  readonly policy?: number | undefined
  /** Left out: those that are saved. */
  readonly rules?: RetentionBody['rules'] | undefined
  readonly algorithm?: string | undefined
}

export interface DecisionView {
  readonly filter: DecisionFilter
  readonly search: string
  /** In full; undefined for all of them. */
  readonly repository?: string | undefined
}

export const wholeView: DecisionView = { filter: 'all', search: '' }

interface Question {
  readonly subject: DecisionSubject
  readonly daysAhead: number
  readonly view: DecisionView
}

const defined = <Part extends object>(part: Part) =>
  Object.fromEntries(Object.entries(part).filter(([, value]) => value !== undefined)) as {
    [Key in keyof Part]: Exclude<Part[Key], undefined>
  }

/** The question to the server, for one page of its images. */
export const decisionInput = (
  { connection, instance }: InstanceLocation,
  { subject, daysAhead, view }: Question,
  { offset, limit, repositories }: { offset: number; limit: number; repositories: number },
): ApiInput<'retentionDecide'> => ({
  params: { connection, instance_id: instance },
  body: {
    ...defined(subject),
    daysAhead,
    view: { ...defined(view), sort: 'change', order: 'desc', offset, limit },
    repositories,
  },
})

export const imagePageSize = 100

/** Totals, warnings, axis and the first page of images. */
export const decisionQuery = (at: InstanceLocation, question: Question, repositories = 50) =>
  apiPolling(
    'retentionDecide',
    decisionInput(at, question, { offset: 0, limit: imagePageSize, repositories }),
    (answer) => (answer?.refreshing ? whileListingMs : false),
  )

/** One further page of images. */
export const decisionPage = (at: InstanceLocation, question: Question, page: number) =>
  apiPolling(
    'retentionDecide',
    decisionInput(at, question, { offset: page * imagePageSize, limit: imagePageSize, repositories: 0 }),
  )

/**
 * What the rules of a form, or of a policy, would do now. The last answer stays in sight while the next is under way, and is
 * said to be old. Without a subject (the form is not complete) it stays as well.
 */
export function useDecisions(
  at: InstanceLocation,
  subject: DecisionSubject | undefined,
  { daysAhead, view }: Pick<Question, 'daysAhead' | 'view'>,
) {
  const wanted = subject && { subject, daysAhead, view }
  const wantedKey = JSON.stringify(wanted ?? null)
  const [asked, setAsked] = useState({ question: wanted, key: wantedKey })
  const overdue = useSettled(wanted && wantedKey, wantedKey, patienceMs)
  const question = asked.question ?? { subject: { namespace: '' }, daysAhead, view }
  const query = useQuery({
    ...decisionQuery(at, question),
    enabled: asked.question !== undefined,
    placeholderData: keepPreviousData,
    gcTime: keptMs,
  })
  const hasMoved = wanted !== undefined && wantedKey !== asked.key
  // Asked at once; while an answer is under way a number that is dragged moves on, and only the newest is asked after it.
  if (hasMoved && (!query.isFetching || overdue === wantedKey)) setAsked({ question: wanted, key: wantedKey })
  return {
    decisions: query.data,
    /** What `decisions` are of. */
    question,
    error: query.error,
    retry: () => void query.refetch(),
    /** What is shown belongs to rules as they were a moment ago. */
    isOld: hasMoved || query.isPlaceholderData,
  }
}
