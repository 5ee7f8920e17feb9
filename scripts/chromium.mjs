import { existsSync } from 'node:fs'
import { installFromDebian } from './debian.mjs'
import { fail } from './run.mjs'

const usual = [
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

async function find() {
  const { chromium } = await import('@playwright/test')
  return [process.env.CHROMIUM_PATH, ...usual, chromium.executablePath()].find((path) => path && existsSync(path))
}

/** Path of a Chromium or Chrome, installed from Debian's packages where none is found and we may do so. */
export async function ensureChromium() {
  const found = await find()
  if (found) return found
  await installFromDebian('Chromium', 'chromium', 'fonts-liberation')
  return (
    (await find()) ??
    fail('The browser tests need Chromium or Chrome. Install one or set CHROMIUM_PATH, then try again.')
  )
}
