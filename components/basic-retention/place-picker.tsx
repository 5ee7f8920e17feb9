'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useId, useState } from 'react'
import { useSettled } from '@/components/match/use-settled'
import { ProblemPanel } from '@/components/shell/error-panel'
import { Button } from '@/components/ui/button'
import { Input, Select } from '@/components/ui/input'
import { apiQuery } from '@/lib/query/client'
import { allOrganizations, type BasicPlace, repositoriesInput } from './queries'

const afterTypingMs = 300

/** Which repository: an organization, and a name of which a part finds it. */
export function PlacePicker({
  place: { connection, organization, repository },
  onOrganization,
  onRepository,
}: {
  place: BasicPlace
  onOrganization: (name: string) => void
  onRepository: (name: string) => void
}) {
  const t = useTranslations('basicRetention')
  const id = useId()
  const organizations = useQuery(apiQuery('organizationList', allOrganizations(connection)))
  const listed = organizations.data?.namespaces.flatMap(({ name }) => name ?? []) ?? []
  const names = organization === '' || listed.includes(organization) ? listed : [organization, ...listed]
  return (
    <>
      {organizations.error && (
        <div className="mb-3">
          <ProblemPanel error={organizations.error} retry={() => organizations.refetch()} />
        </div>
      )}
      <div className="mb-4 flex flex-wrap items-end gap-3">
        <div className="w-full sm:w-64">
          <label htmlFor={id} className="mb-1 block w-fit font-medium">
            {t('organization')}
          </label>
          <Select id={id} value={organization} onChange={({ target }) => onOrganization(target.value)}>
            <option value="">{t('select')}</option>
            {names.map((name) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </Select>
        </div>
        {organization !== '' && (
          <RepositoryField
            key={`${organization}/${repository}`}
            connection={connection}
            organization={organization}
            repository={repository}
            onRepository={onRepository}
          />
        )}
      </div>
    </>
  )
}

/** Names are offered while one types; what is typed is taken by the button or Enter, since a list may not hold all. */
function RepositoryField({
  connection,
  organization,
  repository,
  onRepository,
}: BasicPlace & { onRepository: (name: string) => void }) {
  const t = useTranslations('basicRetention')
  const id = useId()
  const [text, setText] = useState(repository)
  const typed = text.trim()
  const name = useSettled(typed, typed, afterTypingMs) ?? ''
  const { data } = useQuery(apiQuery('basicRepositoryList', repositoriesInput(connection, organization, name)))
  const names = data?.items.flatMap((row) => row.name ?? []) ?? []
  const take = (wanted: string) => wanted !== '' && wanted !== repository && onRepository(wanted)
  return (
    <form
      className="flex w-full items-end gap-2 sm:w-auto"
      onSubmit={(event) => {
        event.preventDefault()
        take(typed)
      }}
    >
      <div className="min-w-0 flex-1 sm:w-80">
        <label htmlFor={id} className="mb-1 block w-fit font-medium">
          {t('repository')}
        </label>
        <Input
          id={id}
          list={`${id}-names`}
          value={text}
          className="font-mono text-sm"
          onChange={({ target, nativeEvent }) => {
            setText(target.value)
            // A name from the list is whole; what is typed may still grow.
            const isPicked = !(nativeEvent instanceof InputEvent) || nativeEvent.inputType === 'insertReplacementText'
            if (isPicked && names.includes(target.value)) take(target.value)
          }}
        />
        <datalist id={`${id}-names`}>
          {names.map((each) => (
            <option key={each} value={each} />
          ))}
        </datalist>
      </div>
      <Button type="submit">{t('show')}</Button>
    </form>
  )
}
