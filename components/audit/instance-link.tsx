'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { apiQuery } from '@/lib/query/client'
import { allInstances } from '@/lib/query/queries'
import { type InstanceLocation, routes } from '@/lib/routes'
import { usePlace } from '../context/location'

/** The name of an instance: by the navigation where it shows this one, else by its connection; its id until it is known. */
function useInstanceName({ connection, instance }: InstanceLocation) {
  const place = usePlace()
  const isHere = place.connection?.id === connection && place.instance?.id === instance
  const listed = useQuery({ ...apiQuery('instanceList', allInstances(connection)), enabled: !isHere })
  const name = isHere ? place.instance?.name : listed.data?.instances.find(({ id }) => id === instance)?.name
  return name ?? instance
}

export function InstanceName({ at }: { at: InstanceLocation }) {
  return useInstanceName(at)
}

/** An instance by its name, and the way to it. */
export function InstanceLink({ at }: { at: InstanceLocation }) {
  const name = useInstanceName(at)
  return (
    <>
      <Link
        href={routes.instance(at)}
        prefetch={false}
        className="underline decoration-line-strong underline-offset-2 hover:text-accent hover:decoration-current"
      >
        {name}
      </Link>{' '}
      <span className="text-ink-3">{at.connection}</span>
    </>
  )
}
