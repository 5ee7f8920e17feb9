import { useTranslations } from 'next-intl'
import { PageHeader } from '@/components/shell/page-header'
import { Empty } from '@/components/ui/empty'
import type { Role } from '@/lib/contract/roles'

/** What others than admins see where the accounts would be: why not, and whom to ask. */
export function UsersForbidden({ role }: { role: Role }) {
  const t = useTranslations('users')
  const c = useTranslations('common')
  return (
    <>
      <PageHeader crumbs={[]} title={t('title')} lead={t('lead')} />
      <div className="rounded-lg border border-line bg-surface">
        <Empty title={t('forbidden')}>{t('forbiddenText', { role: c(`role.${role}`) })}</Empty>
      </div>
    </>
  )
}
