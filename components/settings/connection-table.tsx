import { useTranslations } from 'next-intl'
import { Section } from '@/components/form/section'
import { Chip } from '@/components/ui/code'

/** Connections as the console sees them: no keys, no endpoints of the inside. */
export function ConnectionTable({
  connections,
}: {
  connections: readonly { id: string; name: string; region: string; project: string }[]
}) {
  const t = useTranslations('settings')
  return (
    <Section title={t('connections')} lead={t('connectionsText')}>
      <ul className="flex flex-col divide-y divide-line rounded-lg border border-line bg-surface">
        {connections.map(({ id, name, region }) => (
          <li key={id} className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3 py-2">
            <span className="font-medium">{name}</span>
            <Chip>{id}</Chip>
            {region !== name && <span className="text-ink-2">{region}</span>}
          </li>
        ))}
      </ul>
    </Section>
  )
}
