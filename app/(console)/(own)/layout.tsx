import { Shell } from '@/components/shell/shell'

export default function OwnLayout({ children }: LayoutProps<'/'>) {
  return <Shell>{children}</Shell>
}
