import { existsSync } from 'node:fs'
import { installFromDebian } from './debian.mjs'
import { fail } from './run.mjs'

/*
 * Chromium without windows. The whole browser draws a window for each test that nobody sees, and starts three further
 * processes for it: with it the browser tests take twice the processor time.
 */
const shell = '/usr/bin/chromium-headless-shell'

const browsers = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
]

const firstOf = (paths) => paths.find((path) => path && existsSync(path))
const findShell = () => firstOf([process.env.CHROMIUM_PATH, shell])

async function findBrowser() {
  const { chromium } = await import('@playwright/test')
  return firstOf([...browsers, chromium.executablePath()])
}

/**
 * Path of a Chromium: as told, the one without windows, or any other. Installed from Debian's packages where we may do so and
 * there is none; on a machine that only runs tests also where there is another.
 */
export async function ensureChromium() {
  const found = findShell() ?? (process.env.CI ? undefined : await findBrowser())
  if (found) return found
  await installFromDebian('Chromium', 'chromium-headless-shell', 'fonts-liberation')
  // Not every system with apt has that package.
  if (!(findShell() ?? (await findBrowser()))) await installFromDebian('Chromium', 'chromium', 'fonts-liberation')
  return (
    findShell() ??
    (await findBrowser()) ??
    fail('The browser tests need Chromium or Chrome. Install one or set CHROMIUM_PATH, then try again.')
  )
}
