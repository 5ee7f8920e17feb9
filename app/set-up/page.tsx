import type { Metadata } from 'next'
import { useTranslations } from 'next-intl'
import { getTranslations } from 'next-intl/server'
import { PlainPage } from '@/components/account/auth-layout'
import { SetUpForm } from '@/components/account/set-up-form'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('account')
  return { title: t('setUp.title') }
}

export default function SetUpPage() {
  const t = useTranslations('account')
  return (
    <PlainPage title={t('setUp.title')} lead={t('setUp.lead')}>
      <SetUpForm />
    </PlainPage>
  )
}
