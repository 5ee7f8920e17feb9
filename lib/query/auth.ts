import { ask } from './http'

/** Signs in and out, sets passwords: what `/api/auth` answers, or a ProblemError. */
export const askAuth = (path: string, body: object) => ask(`/api/auth${path}`, 'POST', { params: {}, body })
