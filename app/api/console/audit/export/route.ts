export { exportAudit as GET } from '@/lib/gateway/audit-export'
