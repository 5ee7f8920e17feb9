// The package ships no types for its single locales.
declare module 'cronstrue/locales/zh_CN'
