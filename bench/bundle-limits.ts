/** What a web package may add to an empty destination, in bytes after gzip. */
export const ADDED_BYTES_LIMIT = { 'marketo-v2-plugins': 614, 'marketo-v2-web': 7_800 }
