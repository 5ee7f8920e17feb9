import { fetchApi } from './http'

/** Signs in and out, sets passwords: what `/api/auth` answers, or a ProblemError. */
export const requestAuth = (path: string, body: object) => fetchApi(`/api/auth${path}`, 'POST', { params: {}, body })
