import { apiHandler } from '@/lib/api/handler'

const handle = apiHandler('console')

export { handle as DELETE, handle as GET, handle as PATCH, handle as POST, handle as PUT }
