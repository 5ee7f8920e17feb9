export { exportDryRun as GET } from '@/lib/api/retention-export'
