import { publicApiHandler } from '@/lib/api/v1/handler'

export const dynamic = 'force-dynamic'

export {
  publicApiHandler as DELETE,
  publicApiHandler as GET,
  publicApiHandler as HEAD,
  publicApiHandler as PATCH,
  publicApiHandler as POST,
  publicApiHandler as PUT,
}
