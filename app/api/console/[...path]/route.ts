import { door } from '@/lib/gateway/door'

const handle = door('console')

export { handle as DELETE, handle as GET, handle as PATCH, handle as POST, handle as PUT }
