'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { type UseFormReturn, useWatch } from 'react-hook-form'
import { CheckField, ChoiceField, TextField } from '@/components/form/fields'
import { LinesField } from '@/components/form/lines-field'
import { SecretField } from '@/components/form/secret-field'
import { Note } from '@/components/ui/alert'
import { Chip } from '@/components/ui/code'
import { isPlainHttp } from '@/lib/contract/address'
import type { Registry } from '@/lib/contract/swr/registry'
import { masked, registryTypes } from '@/lib/contract/vocabulary'
import { type RegistryDraft, type RegistryValues, requiredFields, withType } from '@/lib/policy/registry/form'
import { apiQuery } from '@/lib/query/client'
import type { InstanceLocation } from '@/lib/routes'
import { HealthStatus, typeKey, useTypeName } from '../../registry-name/registry-text'

type Form = UseFormReturn<RegistryDraft, unknown, RegistryValues>

/** What a registry of the chosen type is asked. */
export function RegistryFields({ at, form, was }: { at: InstanceLocation; form: Form; was: Registry | undefined }) {
  const t = useTranslations('registry')
  const { control } = form
  const [type, insecure, url] = useWatch({ control, name: ['type', 'insecure', 'url'] })
  const key = typeKey(type) ?? 'harbor'
  return (
    <div className="flex flex-col gap-3.5">
      {was ? <HealthStatus status={was.status} /> : <Quota at={at} />}
      <TextField control={control} name="name" label={t('form.name')} hint={t('form.nameHint')} required />
      <TextField control={control} name="description" label={t('form.description')} optional />
      <TypeField form={form} was={was} />
      <TextField control={control} name="url" label={t('form.url')} hint={t(`form.urlHint.${key}`)} required mono />
      {isPlainHttp(url) && <Note tone="warn">{t('form.urlPlain')}</Note>}
      {requiredFields(type, 'project') ? (
        <>
          <div className="grid gap-x-3 gap-y-3.5 sm:grid-cols-2">
            <TextField control={control} name="region" label={t('form.region')} required mono />
            <TextField control={control} name="project" label={t('form.project')} required mono />
          </div>
          <TextField
            control={control}
            name="instance"
            label={t('form.instance')}
            hint={t('form.placeHint')}
            required
            mono
          />
        </>
      ) : (
        requiredFields(type, 'region') && (
          <TextField control={control} name="region" label={t('form.region')} optional mono />
        )
      )}
      <LoginFields form={form} was={was} loginOf={key} />
      <CheckField
        control={control}
        name="insecure"
        label={t('form.insecure')}
        hint={insecure ? undefined : t('form.insecureHint')}
      />
      {insecure && <Note tone="warn">{t('form.insecureWarning')}</Note>}
      {key === 'enterprise' && <p className="text-ink-3 text-xs">{t('form.insecureDisputed')}</p>}
      {key === 'harbor' && (
        <LinesField
          control={control}
          name="hosts"
          label={t('form.hosts')}
          hint={`${t('form.hostsHint')} ${t('form.hostsDisputed')}`}
          optional
        />
      )}
    </div>
  )
}

function TypeField({ form, was }: { form: Form; was: Registry | undefined }) {
  const { control, getValues, setValue } = form
  const type = useWatch({ control, name: 'type' })
  const t = useTranslations('registry')
  const typeName = useTypeName()
  if (was)
    return (
      <div>
        <div className="mb-1 font-medium">{t('form.type')}</div>
        <p className="text-ink-2">
          {typeKey(was.type)
            ? t('form.typeFixed', { type: typeName(was.type) ?? '' })
            : t('form.typeUnknown', { type: was.type ?? '' })}
        </p>
      </div>
    )
  return (
    <ChoiceField
      control={control}
      name="type"
      label={t('form.type')}
      options={registryTypes.map((value) => ({ value, label: typeName(value) ?? value }))}
      // The field itself has changed already, and what depends on it is worked out from what it was.
      onChosen={(next) =>
        setValue('insecure', withType({ ...getValues(), type }, next).insecure, { shouldDirty: true })
      }
    />
  )
}

function LoginFields({
  form,
  was,
  loginOf,
}: {
  form: Form
  was: Registry | undefined
  loginOf: 'harbor' | 'enterprise' | 'basic'
}) {
  const t = useTranslations('registry')
  const read = was?.credential?.access_key ?? ''
  return (
    <>
      <TextField
        control={form.control}
        name="login"
        label={t('form.login')}
        required
        mono
        hint={
          <>
            {read.includes(masked) && <>{t('form.loginMasked', { login: read })} </>}
            {t.rich(`form.loginHint.${loginOf}`, { code: (text) => <Chip>{text}</Chip> })}
          </>
        }
      />
      <SecretField
        form={form}
        name="secret"
        label={t('form.secret')}
        required
        hint={t(was ? 'form.secretAgain' : 'form.secretNew')}
      />
    </>
  )
}

/** Said before somebody fills in a form that cannot be saved. */
function Quota({ at }: { at: InstanceLocation }) {
  const t = useTranslations('registry')
  const { data } = useQuery(
    apiQuery('instanceStatistics', { params: { connection: at.connection, instance_id: at.instance } }),
  )
  const { replica_registry_count: count, replica_registry_quota: quota } = data ?? {}
  if (count === undefined || quota === undefined || quota <= 0 || count < quota) return null
  return <Note tone="warn">{t('form.full', { quota })}</Note>
}
