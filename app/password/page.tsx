import type { Metadata } from 'next'
import { useTranslations } from 'next-intl'
import { getTranslations } from 'next-intl/server'
import { PlainPage } from '@/components/account/auth-layout'
import { PasswordForm } from '@/components/account/password-form'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('account')
  return { title: t('link.title') }
}

export default function PasswordPage() {
  const t = useTranslations('account')
  return (
    <PlainPage title={t('link.title')} lead={t('link.lead')}>
      <PasswordForm />
    </PlainPage>
  )
}
