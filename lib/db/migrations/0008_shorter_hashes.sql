-- Hashes of content were longer (lib/swr/content-hash.ts).
update revisions set hash = left(hash, 24);
