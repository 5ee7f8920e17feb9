'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useController, useWatch } from 'react-hook-form'
import { FieldFrame, useFieldIds } from '@/components/form/field-frame'
import { SelectField } from '@/components/form/fields'
import { Pair, Section } from '@/components/form/section'
import { Note } from '@/components/ui/alert'
import { Input } from '@/components/ui/input'
import { apiQuery } from '@/lib/query/client'
import { allRegistries } from '@/lib/query/queries'
import type { InstanceLocation } from '@/lib/routes'
import { type LimitsControl, NumberField } from './number-field'

/** Where runs keep copies: one of the registries that policies copy to. */
export function ArchiveSection({ at, control }: { at: InstanceLocation; control: LimitsControl }) {
  const t = useTranslations('retentionRuns.limits')
  const p = useTranslations('problem')
  const [registry] = useWatch({ control, name: ['registry'] })
  const { data, error } = useQuery(apiQuery('registryList', allRegistries(at)))
  const known = (data?.registries ?? []).flatMap(({ id, name }) =>
    id === undefined ? [] : [{ value: String(id), label: name ?? `#${id}` }],
  )
  const isKnown = registry === '' || known.some(({ value }) => value === registry)
  return (
    <Section title={t('archive')} lead={t('archiveLead')}>
      {error && <Note tone="warn">{t('registriesFailed', { reason: p(`${error.code}.title`) })}</Note>}
      <SelectField
        control={control}
        name="registry"
        label={t('field.registry')}
        hint={t('hint.registry')}
        options={[
          { value: '', label: t('noArchive') },
          ...known,
          ...(isKnown ? [] : [{ value: registry, label: `#${registry}` }]),
        ]}
      />
      {registry === '' ? (
        <Note tone="warn">{t('noArchiveText')}</Note>
      ) : (
        <Pair>
          <NamespaceField at={at} registry={registry} control={control} />
          <NumberField control={control} name="days" required />
        </Pair>
      )}
    </Section>
  )
}

/** Offers what the registry holds, where a connection leads there; any other name can be typed. */
function NamespaceField({
  at: { connection, instance },
  registry,
  control,
}: {
  at: InstanceLocation
  registry: string
  control: LimitsControl
}) {
  const t = useTranslations('retentionRuns.limits')
  const { field, fieldState } = useController({ control, name: 'namespace' })
  const ids = useFieldIds('namespace')
  const params = { connection, instance_id: instance, registry_id: registry }
  const { data, error } = useQuery(apiQuery('archiveNamespaceList', { params }))
  const names = data?.names ?? []
  const hint = t(data?.names ? 'hint.namespace' : error || data ? 'hint.namespaceUnlisted' : 'hint.namespaceLoading')
  const flaw = fieldState.error?.message
  return (
    <FieldFrame name="namespace" look={{ label: t('field.namespace'), hint, required: true }} error={flaw}>
      <Input
        {...field}
        id={ids.id}
        list={`${ids.id}-names`}
        aria-required
        aria-invalid={flaw ? true : undefined}
        aria-describedby={ids.describedBy(hint, flaw)}
        className="font-mono text-[12.5px]"
      />
      <datalist id={`${ids.id}-names`}>
        {names.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </FieldFrame>
  )
}
