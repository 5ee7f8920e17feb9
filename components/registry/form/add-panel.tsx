'use client'

import dynamic from 'next/dynamic'
import { type ReactNode, useState } from 'react'
import { AddRegistryContext } from '@/components/context/add-registry'
import type { InstanceLocation } from '@/lib/routes'

const RegistryPanel = dynamic(() => import('./panel').then((module) => module.RegistryPanel), { ssr: false })

/** Lets what stands inside add a registry without leaving the page. */
export function AddRegistryPanel({ at, children }: { at: InstanceLocation; children: ReactNode }) {
  const [request, setRequest] = useState<{ onAdded: (id: number) => void } | null>(null)
  return (
    <>
      <AddRegistryContext value={(onAdded) => setRequest({ onAdded })}>{children}</AddRegistryContext>
      {request && <RegistryPanel at={at} edited="new" onAdded={request.onAdded} onClose={() => setRequest(null)} />}
    </>
  )
}
