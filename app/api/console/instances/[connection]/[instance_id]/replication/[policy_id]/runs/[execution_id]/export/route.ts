export { exportRun as GET } from '@/lib/insight/runs/export'
