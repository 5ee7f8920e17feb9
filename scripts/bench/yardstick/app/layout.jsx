import { Providers } from './providers'

export const metadata = { title: 'Bare page' }

export default function Layout({ children }) {
  return (
    <html lang="en">
      <body>
        <Providers>{children}</Providers>
      </body>
    </html>
  )
}
