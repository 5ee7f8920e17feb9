'use client'

import { useTranslations } from 'next-intl'
import { Segmented } from '@/components/ui/segmented'
import { type Role, roles } from '@/lib/contract/roles'

/** The three roles, and what the chosen one may do. */
export function RoleChoice({ value, onChange }: { value: Role; onChange: (role: Role) => void }) {
  const t = useTranslations('users')
  const c = useTranslations('common')
  return (
    <div>
      <div id="user-role" className="mb-1 font-medium">
        {t('role')}
      </div>
      <Segmented
        name="role"
        value={value}
        options={roles.map((role) => ({ value: role, label: c(`role.${role}`) }))}
        labelledBy="user-role"
        describedBy="user-role-hint"
        onChange={onChange}
      />
      <p id="user-role-hint" aria-live="polite" className="mt-1 text-ink-3 text-xs">
        {t(`roleHint.${value}`)}
      </p>
    </div>
  )
}
