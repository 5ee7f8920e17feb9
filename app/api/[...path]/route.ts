import { problemResponse } from '@/lib/auth/errors'

export const dynamic = 'force-dynamic'

/** What no other route answers: whoever asks an API reads JSON, not a page. */
const unknown = () => problemResponse({ status: 404, code: 'not_in_contract' }, 404)

export { unknown as DELETE, unknown as GET, unknown as PATCH, unknown as POST, unknown as PUT }
