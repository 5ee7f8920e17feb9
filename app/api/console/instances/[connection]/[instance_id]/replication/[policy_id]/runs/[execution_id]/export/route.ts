export { exportRun as GET } from '@/lib/api/run-export'
