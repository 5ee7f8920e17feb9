'use client'

import { useTranslations } from 'next-intl'
import { Chip } from '@/components/ui/code'
import { imageName } from '@/lib/policy/retention/image-name'

const most = 8

type Named = Parameters<typeof imageName>[0]

/** The first of many images, by a name each. */
export function ImageChips({ images, total }: { images: readonly Named[]; total: number }) {
  const t = useTranslations('retention')
  if (images.length === 0) return null
  const shown = images.slice(0, most)
  return (
    <p className="flex flex-wrap items-baseline gap-1.5 px-4 pt-2 text-sm">
      {shown.map((image) => (
        <Chip key={`${image.repository}@${image.digest}`}>{imageName(image)}</Chip>
      ))}
      {total > shown.length && t('warning.more', { count: total - shown.length })}
    </p>
  )
}
