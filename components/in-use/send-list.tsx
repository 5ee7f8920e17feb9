'use client'

import clsx from 'clsx'
import { useTranslations } from 'next-intl'
import { useId, useState } from 'react'
import { FieldFrame, useFieldIds } from '@/components/form/field-frame'
import { ProblemPanel } from '@/components/shell/error-panel'
import { Button, buttonClass } from '@/components/ui/button'
import { controlClass, Input } from '@/components/ui/input'
import { Sheet, SheetBody, SheetFoot } from '@/components/ui/sheet'
import { notify } from '@/components/ui/toast-store'
import { useBytes } from '@/components/ui/use-format-bytes'
import { problemOf } from '@/lib/contract/problem'
import { useApiWrite } from '@/lib/query/client'
import { inUseReads } from './stale-reads'

/** A text that a form cannot show at once: it is named by its file. */
interface ReadFile {
  readonly name: string
  readonly text: string
}

const fieldNames = ['cluster', 'hours', 'text'] as const
type FieldName = (typeof fieldNames)[number]

/** The name under which the server complains about a field. */
const serverNames = { cluster: 'params.cluster', hours: 'body.hours', text: 'body.text' } as const

/** What runs in one cluster, pasted or from a file; it takes the place of what was known of it. */
export function SendList({ cluster: known, onClose }: { cluster: string; onClose: () => void }) {
  const t = useTranslations('inUse')
  const c = useTranslations('common')
  const bytes = useBytes()
  const [cluster, setCluster] = useState(known)
  const [hours, setHours] = useState('')
  const [text, setText] = useState('')
  const [file, setFile] = useState<ReadFile | null>(null)
  const [missing, setMissing] = useState<Readonly<Partial<Record<FieldName, string>>>>({})
  const put = useApiWrite('inUsePut', { stale: inUseReads })
  const refused = put.error ? problemOf(put.error).fields : undefined
  const errorOf = (name: FieldName) => missing[name] ?? refused?.[serverNames[name]]
  const isAtFields = fieldNames.some((name) => refused?.[serverNames[name]] !== undefined)
  const send = () => {
    const sent = file?.text ?? text
    const open: Partial<Record<FieldName, string>> = {
      ...(cluster.trim() === '' && { cluster: 'required' }),
      ...(hours !== '' && !(Number(hours) >= 0.1 && Number(hours) <= 8760) && { hours: 'number_range' }),
      ...(sent.trim() === '' && { text: 'required' }),
    }
    setMissing(open)
    if (put.isPending || Object.keys(open).length > 0) return
    put.mutate(
      { params: { cluster: cluster.trim() }, body: { text: sent, ...(hours !== '' && { hours: Number(hours) }) } },
      {
        onSuccess: ({ images, unreadable }) => {
          notify({ tone: 'ok', text: t('sent', { cluster: cluster.trim(), images, unreadable }) })
          onClose()
        },
      },
    )
  }
  return (
    <Sheet title={known ? t('sendTitle', { cluster: known }) : t('add')} closeLabel={c('close')} onClose={onClose}>
      <SheetBody>
        <div className="flex flex-col gap-3.5">
          {put.error && !isAtFields && <ProblemPanel error={put.error} />}
          {known === '' && (
            <TextInput
              name="cluster"
              label={t('field.cluster')}
              hint={t('hint.cluster')}
              error={errorOf('cluster')}
              value={cluster}
              onChange={setCluster}
            />
          )}
          <FileInput
            file={file}
            onFile={setFile}
            said={file && t('file', { name: file.name, size: bytes(file.text.length) })}
          />
          {!file && <ListInput error={errorOf('text')} value={text} onChange={setText} />}
          {file && errorOf('text') && <ListError code={errorOf('text')} />}
          <TextInput
            name="hours"
            label={t('field.hours')}
            hint={t('hint.hours')}
            error={errorOf('hours')}
            value={hours}
            onChange={setHours}
          />
        </div>
      </SheetBody>
      <SheetFoot>
        <Button look="ghost" onClick={onClose}>
          {c('cancel')}
        </Button>
        <Button look="primary" aria-busy={put.isPending} aria-disabled={put.isPending} onClick={send}>
          {t('send')}
        </Button>
      </SheetFoot>
    </Sheet>
  )
}

function TextInput({
  name,
  label,
  hint,
  error,
  value,
  onChange,
}: {
  name: string
  label: string
  hint: string
  error: string | undefined
  value: string
  onChange: (text: string) => void
}) {
  const ids = useFieldIds(name)
  return (
    <FieldFrame
      name={name}
      look={{ label, hint, required: name === 'cluster', optional: name !== 'cluster' }}
      error={error}
    >
      <Input
        id={ids.id}
        value={value}
        inputMode={name === 'hours' ? 'decimal' : undefined}
        aria-invalid={error ? true : undefined}
        aria-describedby={ids.describedBy(hint, error)}
        onChange={({ target }) => onChange(target.value)}
      />
    </FieldFrame>
  )
}

function FileInput({
  file,
  said,
  onFile,
}: {
  file: ReadFile | null
  said: string | null
  onFile: (file: ReadFile | null) => void
}) {
  const t = useTranslations('inUse')
  const id = useId()
  return (
    <div>
      <p className="mb-1 font-medium">{t('field.file')}</p>
      {file ? (
        <p className="flex flex-wrap items-center gap-2">
          <span className="font-mono text-sm wrap-anywhere">{said}</span>
          <Button onClick={() => onFile(null)}>{t('removeFile')}</Button>
        </p>
      ) : (
        // The browser's own words for it are in the browser's language.
        <div className="relative w-fit">
          <input
            id={id}
            type="file"
            accept=".json,.txt,application/json,text/plain"
            className="peer sr-only"
            onChange={async ({ target }) => {
              const [picked] = target.files ?? []
              if (picked) onFile({ name: picked.name, text: await picked.text() })
            }}
          />
          <label
            htmlFor={id}
            className={clsx(
              buttonClass(),
              'cursor-pointer peer-focus-visible:outline-2 peer-focus-visible:outline-accent peer-focus-visible:outline-offset-2',
            )}
          >
            {t('selectFile')}
          </label>
        </div>
      )}
    </div>
  )
}

function ListInput({
  error,
  value,
  onChange,
}: {
  error: string | undefined
  value: string
  onChange: (text: string) => void
}) {
  const t = useTranslations('inUse')
  const ids = useFieldIds('text')
  return (
    <FieldFrame name="text" look={{ label: t('field.text'), hint: t('hint.text') }} error={error}>
      <textarea
        id={ids.id}
        rows={10}
        spellCheck={false}
        value={value}
        aria-invalid={error ? true : undefined}
        aria-describedby={ids.describedBy(true, error)}
        onChange={({ target }) => onChange(target.value)}
        className={clsx(controlClass(), 'block h-auto! py-1.5 font-mono text-[12.5px]')}
      />
    </FieldFrame>
  )
}

/** Of a file, which no field shows. */
function ListError({ code }: { code: string | undefined }) {
  const t = useTranslations('inUse')
  return (
    <FieldFrame name="text" look={{ label: t('field.text'), labelId: 'none' }} error={code}>
      {null}
    </FieldFrame>
  )
}
