'use client'

import dynamic from 'next/dynamic'
import type { ShownActor } from '../context/actor'

// Every page carries this along: what it shows is loaded only where it is shown.
const MissingPage = dynamic(() => import('./missing-page').then((module) => module.MissingPage))

/** The page of an address that the console does not know. */
export const Missing = ({ actor }: { actor: ShownActor | null }) => <MissingPage actor={actor} />
