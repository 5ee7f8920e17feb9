import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { currentActor } from '@/lib/auth/actor'
import { MissingPage } from './missing'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('common.notFound')
  return { title: t('title') }
}

export default async function NotFound() {
  const actor = await currentActor().catch(() => null)
  // No more of the account than is shown goes to the browser.
  return <MissingPage actor={actor && { id: actor.id, name: actor.name, email: actor.email, role: actor.role }} />
}
