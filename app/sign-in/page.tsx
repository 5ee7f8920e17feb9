import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { getTranslations } from 'next-intl/server'
import { PlainPage } from '@/components/account/auth-layout'
import { SignInForm } from '@/components/account/sign-in-form'
import { ProblemPanel } from '@/components/shell/error-panel'
import { Note } from '@/components/ui/alert'
import { currentActor } from '@/lib/auth/actor'
import { demoAccounts } from '@/lib/auth/demo'
import { isProblem, problemOf } from '@/lib/contract/problem'
import { config } from '@/lib/env/config'
import { returnPath } from '@/lib/routes'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('account')
  return { title: t('signIn') }
}

export default async function SignInPage({ searchParams }: PageProps<'/sign-in'>) {
  const [t, query] = await Promise.all([getTranslations('account'), searchParams])
  const to = returnPath(query.to)
  const refused = await currentActor().then(() => null, problemOf)
  if (!refused) redirect(to)
  // Why single sign-on came back without a session, or why the one that is there does not count.
  const told = { status: 403, code: query.problem }
  const problem = isProblem(told) ? told : refused.status === 403 ? refused : null
  const { passwordSignIn, sso, demo } = config()
  return (
    <PlainPage title={t('signIn')}>
      {problem ? <ProblemPanel error={problem} /> : query.to !== undefined && <Note tone="info">{t('goOn')}</Note>}
      <SignInForm to={to} password={passwordSignIn} sso={sso !== undefined} demo={demo ? demoAccounts : []} />
    </PlainPage>
  )
}
