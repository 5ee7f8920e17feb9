import { useTranslations } from 'next-intl'
import type { RowAction } from '@/components/ui/menu-action'
import { notify } from '@/components/ui/toast-store'

/** The entry of a menu that copies an object's number. */
export function useCopyId(): (id: number) => RowAction {
  const t = useTranslations('common')
  return (id) => ({
    label: t('copyId'),
    run: () =>
      void navigator.clipboard
        .writeText(String(id))
        .then(() => notify({ tone: 'ok', text: t('idCopied', { id: String(id) }) })),
  })
}
