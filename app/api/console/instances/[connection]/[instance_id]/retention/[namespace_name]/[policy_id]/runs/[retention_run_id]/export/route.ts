export { exportRetentionRun as GET } from '@/lib/api/retention-export'
