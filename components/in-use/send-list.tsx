'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import clsx from 'clsx'
import { useTranslations } from 'next-intl'
import { useId } from 'react'
import { type UseFormReturn, useController, useForm } from 'react-hook-form'
import { FieldFrame } from '@/components/form/field-frame'
import { TextField } from '@/components/form/fields'
import { FormShell } from '@/components/form/form-shell'
import { LeaveQuestion } from '@/components/form/leave-question'
import { LinesField } from '@/components/form/lines-field'
import { useDraft } from '@/components/form/use-draft'
import { useLeaveGuard } from '@/components/form/use-leave-guard'
import { Button, buttonClass } from '@/components/ui/button'
import { Sheet, SheetBody, SheetFoot } from '@/components/ui/sheet'
import { notify } from '@/components/ui/toast-store'
import { useBytes } from '@/components/ui/use-format-bytes'
import { blankInUse, type InUseDraft, type InUseValues, inUseForm, listOf } from '@/lib/policy/in-use/form'
import { useApiWrite } from '@/lib/query/client'
import { inUseReads } from './stale-reads'

const formId = 'in-use-form'

const fields = new Map([
  ['params.cluster', 'cluster'],
  ['body.hours', 'hours'],
  ['body.text', 'text'],
] as const)
/** The field that shows what the server says about a part of the request. */
const fieldOfPath = (path: string) => [...fields].find(([each]) => each === path)?.[1]

/** What runs in one cluster, pasted or from a file; it takes the place of what was known of it. */
export function SendList({ cluster: known, onClose }: { cluster: string; onClose: () => void }) {
  const t = useTranslations('inUse')
  const c = useTranslations('common')
  const put = useApiWrite('inUsePut', { stale: inUseReads })
  const form = useForm<InUseDraft, unknown, InUseValues>({
    resolver: zodResolver(inUseForm),
    defaultValues: blankInUse(known),
    shouldFocusError: false,
  })
  // Pods can name secrets, and many of them are more than a browser keeps.
  const draft = useDraft(form, { key: `in-use:${known || 'new'}`, unsavedFields: ['text', 'file'] })
  const guard = useLeaveGuard(form.formState.isDirty)
  const close = () => guard.leave(onClose)
  const send = (values: InUseValues) => {
    if (put.isPending) return
    const { cluster, hours } = values
    put.mutate(
      { params: { cluster }, body: { text: listOf(values), ...(hours !== '' && { hours: Number(hours) }) } },
      {
        onSuccess: ({ images, unreadable }) => {
          draft.forget()
          notify({ tone: 'ok', text: t('sent', { cluster, images, unreadable }) })
          onClose()
        },
      },
    )
  }
  const { control } = form
  return (
    <Sheet title={known ? t('sendTitle', { cluster: known }) : t('add')} closeLabel={c('close')} onClose={close}>
      <SheetBody>
        <FormShell id={formId} form={form} draft={draft} problem={put.error} fieldOfPath={fieldOfPath} onReview={send}>
          <div className="flex flex-col gap-3.5">
            {known === '' && (
              <TextField
                control={control}
                name="cluster"
                label={t('field.cluster')}
                hint={t('hint.cluster')}
                required
              />
            )}
            <ListField form={form} />
            <TextField
              control={control}
              name="hours"
              label={t('field.hours')}
              hint={t('hint.hours')}
              inputMode="decimal"
              optional
            />
          </div>
        </FormShell>
      </SheetBody>
      <SheetFoot>
        <Button look="ghost" onClick={close}>
          {c('cancel')}
        </Button>
        <Button type="submit" form={formId} look="primary" aria-busy={put.isPending} aria-disabled={put.isPending}>
          {t('send')}
        </Button>
      </SheetFoot>
      <LeaveQuestion guard={guard} words={{ title: t('leave.title'), text: t('leave.text') }} />
    </Sheet>
  )
}

/** A file, or a field to paste into. */
function ListField({ form: { control, clearErrors } }: { form: UseFormReturn<InUseDraft, unknown, InUseValues> }) {
  const t = useTranslations('inUse')
  const bytes = useBytes()
  const { field } = useController({ control, name: 'file' })
  const { fieldState } = useController({ control, name: 'text' })
  const take = (file: InUseDraft['file']) => {
    field.onChange(file)
    clearErrors('text')
  }
  const { value: file } = field
  if (file === null)
    return (
      <>
        <FileInput onFile={take} />
        <LinesField control={control} name="text" label={t('field.text')} hint={t('hint.text')} rows={10} />
      </>
    )
  return (
    <FieldFrame name="text" look={{ label: t('field.file') }} error={fieldState.error?.message} group>
      <p className="flex flex-wrap items-center gap-2">
        <span className="font-mono text-sm wrap-anywhere">
          {t('file', { name: file.name, size: bytes(file.text.length) })}
        </span>
        <Button onClick={() => take(null)}>{t('removeFile')}</Button>
      </p>
    </FieldFrame>
  )
}

function FileInput({ onFile }: { onFile: (file: InUseDraft['file']) => void }) {
  const t = useTranslations('inUse')
  const id = useId()
  return (
    <div>
      <p className="mb-1 font-medium">{t('field.file')}</p>
      {/* The browser's own words for it are in the browser's language. */}
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
    </div>
  )
}
