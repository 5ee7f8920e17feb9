export { exportAudit as GET } from '@/lib/audit/export'
