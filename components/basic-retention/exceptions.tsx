'use client'

import { X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { type UseFormReturn, useFieldArray, useWatch } from 'react-hook-form'
import { SelectField, TextField } from '@/components/form/fields'
import { Button } from '@/components/ui/button'
import type { Exception } from '@/lib/policy/basic-retention/exception-flaws'
import { type BasicDraft, type BasicValues, mostExceptions } from '@/lib/policy/basic-retention/rule-form'
import { ExceptionNote } from './exception-note'

/** What is never deleted, one tag or regular expression a line. */
export function Exceptions({
  form,
  held,
}: {
  form: UseFormReturn<BasicDraft, unknown, BasicValues>
  /** Those that SWR holds. */
  held: readonly Exception[]
}) {
  const t = useTranslations('basicRetention')
  const { control } = form
  const { fields, append, insert, remove } = useFieldArray({ control, name: 'exceptions' })
  const typed = useWatch({ control, name: 'exceptions' })
  const split = (index: number, [first = '', ...more]: readonly string[]) => {
    form.setValue(`exceptions.${index}.pattern`, first, { shouldDirty: true, shouldValidate: true })
    // The button is gone then: whoever pressed it goes on at what it has made.
    if (more.length === 0) form.setFocus(`exceptions.${index}.pattern`)
    else
      insert(
        index + 1,
        more.map((pattern) => ({ kind: 'label', pattern })),
        { focusName: `exceptions.${index + 1}.pattern` },
      )
  }
  return (
    <fieldset>
      <legend className="mb-1 font-medium">{t('exceptions')}</legend>
      <p className="mb-2 text-ink-3 text-xs">{t('exceptionsHint')}</p>
      <ul className="flex flex-col gap-3">
        {fields.map(({ id }, index) => (
          <li key={id} className="flex items-start gap-2">
            <div className="grid min-w-0 flex-1 gap-2 sm:grid-cols-[12rem_minmax(0,1fr)]">
              <SelectField
                control={control}
                name={`exceptions.${index}.kind`}
                label={t('exception.kind', { number: index + 1 })}
                options={(['label', 'regexp'] as const).map((value) => ({ value, label: t(`exception.${value}`) }))}
                onChosen={() => {
                  // What is wrong with a tag may be right as an expression.
                  if (form.getFieldState(`exceptions.${index}.pattern`).error)
                    void form.trigger(`exceptions.${index}.pattern`)
                }}
              />
              <TextField
                control={control}
                name={`exceptions.${index}.pattern`}
                label={t('exception.pattern', { number: index + 1 })}
                mono
                required
              />
              {typed[index] && (
                <ExceptionNote
                  exception={typed[index]}
                  held={held}
                  most={mostExceptions - fields.length + 1}
                  onSplit={(tags) => split(index, tags)}
                />
              )}
            </div>
            <Button
              look="ghost"
              size="icon"
              className="mt-6"
              aria-label={t('exception.remove', { number: index + 1 })}
              onClick={() => remove(index)}
            >
              <X aria-hidden size={14} />
            </Button>
          </li>
        ))}
      </ul>
      {fields.length < mostExceptions && (
        <Button className="mt-2" onClick={() => append({ kind: 'label', pattern: '' })}>
          {t('exception.add')}
        </Button>
      )}
    </fieldset>
  )
}
