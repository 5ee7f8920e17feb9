export { exportRun as GET } from '@/lib/insight/run-export'
