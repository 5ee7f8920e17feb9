'use client'

import { useTranslations } from 'next-intl'
import type { Difference } from '@/lib/contract/difference'
import { type FieldName, fieldNameOf, fieldNumberOf, relevantChanges } from '@/lib/policy/diff/field-names'
import type { InstanceLocation } from '@/lib/routes'
import { FieldValue } from './field-value'
import { useRegistryNames } from './registry-names'

const ofRegistry: readonly (FieldName | undefined)[] = ['sourceRegistry', 'targetRegistry']

/**
 * Differences field by field, in words; of something new only what it says. `labels` are for others than before and after,
 * `at` is where registries have their names. On a phone a field stands above its two values.
 */
export function Changes({
  label,
  changes: all,
  at,
  isNew = false,
  labels,
  focusable = false,
}: {
  label: string
  changes: readonly Difference[]
  at?: InstanceLocation | undefined
  isNew?: boolean
  labels?: { readonly before: string; readonly after: string }
  /** Takes the focus when a dialog opens with it: the first thing to read, and what is long begins at its top. */
  focusable?: boolean
}) {
  const t = useTranslations('form')
  const changes = relevantChanges(all).map((change) => ({ ...change, name: fieldNameOf(change.path) }))
  const registries = useRegistryNames(
    at,
    changes.some(({ name }) => ofRegistry.includes(name)),
  )
  const row = 'grid sm:table-row'
  const columns = isNew ? 'grid-cols-1' : 'grid-cols-2'
  const cell = 'px-2 py-1 first:pb-0 sm:px-3 sm:py-1.5 sm:first:pb-1.5'
  return (
    <section
      aria-label={label}
      tabIndex={focusable ? 0 : undefined}
      className="rounded-md border border-line bg-surface text-ink"
    >
      {/* Roles are repeated because a table laid out as a grid loses them. */}
      {/* biome-ignore-start lint/a11y/noRedundantRoles: a table that is laid out as a grid loses its roles */}
      {/* biome-ignore-start lint/a11y/useSemanticElements: a table that is laid out as a grid loses its roles */}
      <table role="table" className="block w-full border-collapse wrap-anywhere sm:table sm:table-fixed">
        <thead role="rowgroup" className="block sm:table-header-group">
          <tr role="row" className={`text-left text-ink-3 text-xs ${row} ${columns}`}>
            <th role="columnheader" scope="col" className={`${cell} font-medium max-sm:sr-only`}>
              {t('field')}
            </th>
            {!isNew && (
              <th role="columnheader" scope="col" className={`${cell} font-medium`}>
                {labels?.before ?? t('before')}
              </th>
            )}
            <th role="columnheader" scope="col" className={`${cell} font-medium`}>
              {labels?.after ?? t(isNew ? 'value' : 'after')}
            </th>
          </tr>
        </thead>
        <tbody role="rowgroup" className="block sm:table-row-group">
          {changes.map(({ path, name, before, after }) => (
            <tr key={path} role="row" className={`border-line border-t align-top ${row} ${columns}`}>
              <th
                role="rowheader"
                scope="row"
                className={`${cell} text-left font-normal text-ink-2 max-sm:col-span-full max-sm:text-xs`}
              >
                <FieldLabel path={path} />
              </th>
              {!isNew && (
                <td role="cell" className={`${cell} text-ink-2`}>
                  <FieldValue name={name} value={before} registries={registries} />
                </td>
              )}
              <td role="cell" className={cell}>
                <FieldValue name={name} value={after} registries={registries} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {/* biome-ignore-end lint/a11y/noRedundantRoles: a table that is laid out as a grid loses its roles */}
      {/* biome-ignore-end lint/a11y/useSemanticElements: a table that is laid out as a grid loses its roles */}
    </section>
  )
}

/** The name of a field; its path on the wire where we have none. */
export function FieldLabel({ path }: { path: string }) {
  const t = useTranslations('form')
  const name = fieldNameOf(path)
  if (name === undefined) return <code className="font-mono text-xs">{path}</code>
  const number = fieldNumberOf(path)
  const text = t(`fieldName.${name}`)
  return number === undefined ? text : t('numbered', { name: text, number })
}
