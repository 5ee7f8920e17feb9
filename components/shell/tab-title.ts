import { useTranslations } from 'next-intl'
import { useEffect } from 'react'

/** Keeps the title of the tab true while what the page shows moves on; the page's own title is where it begins. */
export function useTabTitle(title: string | null) {
  const t = useTranslations('common')
  const product = t('product')
  useEffect(() => {
    if (title !== null) document.title = `${title} · ${product}`
  }, [title, product])
}
