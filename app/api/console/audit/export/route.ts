export { exportAudit as GET } from '@/lib/api/audit-export'
