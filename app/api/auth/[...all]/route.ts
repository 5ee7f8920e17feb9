import { authDoor } from '@/lib/auth/handler'

export { authDoor as GET, authDoor as POST }
