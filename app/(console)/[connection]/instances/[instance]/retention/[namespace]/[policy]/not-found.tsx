export { MissingRetention as default } from '@/app/missing'
