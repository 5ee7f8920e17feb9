import 'server-only'
import { pino } from 'pino'

/** One line of JSON per failure. What is given to it holds no secrets, cookies or bodies. */
export const log = pino({ base: undefined })
