'use client'

import { useTranslations } from 'next-intl'
import { useId } from 'react'
import { Select } from '@/components/ui/input'
import type { Source } from '../../picker/queries'
import { TagPicker } from '../../picker/tag-picker'
import { addTags, removeTags, tagsOf } from './basket'
import { Repositories } from './repositories'
import type { BasketStore } from './use-basket'

/** Organization, then repository, then tags: what is checked is in the basket. */
export function Pick({
  connection,
  at,
  organizations,
  store: { basket, change },
  onChoose,
}: {
  connection: string
  at: Source
  organizations: readonly string[]
  store: BasketStore
  onChoose: (at: Source) => void
}) {
  const t = useTranslations('sync')
  const id = useId()
  const { organization, repository } = at
  const full = `${organization}/${repository}`
  return (
    <>
      <div>
        <label htmlFor={id} className="mb-1 block w-fit font-medium">
          {t('organization.label')}
        </label>
        <Select
          id={id}
          value={organization}
          onChange={({ target }) => onChoose({ organization: target.value, repository: '' })}
        >
          <option value="">{t('organization.choose')}</option>
          {organizations.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </Select>
      </div>
      {organization !== '' && (
        <fieldset className="min-w-0">
          <legend className="mb-1 font-medium">{t('repository.label')}</legend>
          <Repositories
            key={organization}
            connection={connection}
            at={at}
            onChoose={(name) => onChoose({ organization, repository: name })}
          />
        </fieldset>
      )}
      {organization !== '' && repository !== '' && (
        <fieldset className="min-w-0">
          <legend className="mb-1 font-medium wrap-anywhere">{t('tags.of', { repository: full })}</legend>
          <TagPicker
            key={full}
            connection={connection}
            at={at}
            chosen={new Set(tagsOf(basket, full).map(({ tag }) => tag))}
            onChoose={(tags, on) =>
              change((before) =>
                on
                  ? addTags(
                      before,
                      tags.map((each) => ({ ...each, repository: full })),
                    ).basket
                  : removeTags(
                      before,
                      full,
                      tags.map(({ tag }) => tag),
                    ),
              )
            }
          />
        </fieldset>
      )}
    </>
  )
}
