'use client'

import { useTranslations } from 'next-intl'
import { useId, useState } from 'react'
import { usePlace } from '@/components/context/location'
import { CopyButton } from '@/components/shell/copy-button'
import { Button } from '@/components/ui/button'
import { Dialog, DialogFoot } from '@/components/ui/dialog'
import { Segmented } from '@/components/ui/segmented'
import type { Replication } from '@/lib/contract/swr/replication'
import { toCurl, toJson, toTerraform, toTerraformImport } from '@/lib/policy/replication/export'
import type { InstanceLocation } from '@/lib/routes'

const formats = ['curl', 'json', 'terraform'] as const
type Format = (typeof formats)[number]

/** The policy as others would write it: for scripts, for review, for code that is kept elsewhere. */
export function ShowAsCode({
  at,
  policy,
  onClose,
}: {
  at: InstanceLocation
  policy: Replication
  onClose: () => void
}) {
  const t = useTranslations('code')
  const region = usePlace().connection?.region
  const [format, setFormat] = useState<Format>('curl')
  const label = useId()
  const place = { instance: at.instance, region, policy: policy.id ?? 0 }
  const texts = { curl: toCurl, json: toJson, terraform: toTerraform }
  const text = texts[format](policy, place)
  return (
    <Dialog title={t('title', { name: policy.name ?? `#${policy.id}` })} onClose={onClose} wide>
      <div className="mb-2 flex flex-wrap items-center justify-between gap-2">
        <span id={label} className="sr-only">
          {t('format')}
        </span>
        <Segmented
          name={label}
          value={format}
          options={formats.map((value) => ({ value, label: t(value) }))}
          onChange={setFormat}
          labelledBy={label}
        />
        <CopyButton text={text} />
      </div>
      <p className="mb-2 text-ink-2 text-sm">{t(`${format}Hint`)}</p>
      <Code label={t(format)} text={text} />
      {format === 'terraform' && (
        <>
          <div className="mt-4 mb-2 flex flex-wrap items-end justify-between gap-2">
            <h3>{t('importTitle')}</h3>
            <CopyButton text={toTerraformImport(policy, place)}>{t('copyImport')}</CopyButton>
          </div>
          <Code label={t('importTitle')} text={toTerraformImport(policy, place)} />
        </>
      )}
      <DialogFoot>
        <Button onClick={onClose}>{t('close')}</Button>
      </DialogFoot>
    </Dialog>
  )
}

function Code({ label, text }: { label: string; text: string }) {
  return (
    <section
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      className="max-h-96 overflow-auto rounded-md border border-line bg-sunken p-3"
    >
      <pre className="font-mono text-xs">{text}</pre>
    </section>
  )
}
