import { door } from '@/lib/api/handler'

const handle = door('console')

export { handle as DELETE, handle as GET, handle as PATCH, handle as POST, handle as PUT }
