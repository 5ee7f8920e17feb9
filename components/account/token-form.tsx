'use client'

import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { NewPassword, newPasswordOf } from '@/components/form/new-password'
import { Note } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { Refusal } from './auth-error'
import { Done } from './success-message'
import { useAuth } from './use-auth'
import { useToken } from './use-token'

/** What a page at the other end of a one-time link says. */
interface Words {
  readonly act: string
  readonly done: string
  /** The address came without the link's secret part. */
  readonly noToken: string
  /** What to do when the link is used up, where that is not to ask an admin. */
  readonly expired?: string
}

/** The other end of a one-time link: fields of its own, a new password, and what came of it. */
export function TokenForm<Body extends object>({
  path,
  place,
  words,
  bodyOf,
  children,
}: {
  path: string
  /** Address of the page, without the link's secret part. */
  place: string
  words: Words
  bodyOf: (form: HTMLFormElement, token: string, password: string) => Body
  children?: ReactNode
}) {
  const t = useTranslations('account')
  const token = useToken()
  const { act } = useAuth<Body>(path, () => {
    // The link is used up: it must not stay in the history.
    window.history.replaceState(null, '', place)
  })
  if (act.isSuccess) return <Done>{words.done}</Done>
  if (token === '')
    return (
      <Note tone="warn" role="alert">
        {words.noToken}
      </Note>
    )
  return (
    <form
      method="post"
      className="flex flex-col gap-3.5"
      onSubmit={(event) => {
        event.preventDefault()
        if (act.isPending) return
        const form = event.currentTarget
        const password = newPasswordOf(form, t('differs'))
        if (password !== null && token) act.mutate(bodyOf(form, token, password))
      }}
    >
      <Refusal error={act.error} expired={words.expired} />
      {children}
      <NewPassword />
      <Button
        type="submit"
        look="primary"
        disabled={token === null}
        aria-busy={act.isPending}
        // Truly disabled it would lose the focus of whoever pressed it.
        aria-disabled={act.isPending}
      >
        {words.act}
      </Button>
    </form>
  )
}
