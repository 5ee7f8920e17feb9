import 'server-only'
import { cache } from 'react'
import { makeClient } from './make-client'

/** The cache of one request: a page and its title read the same once. */
export const requestClient = cache(makeClient)
