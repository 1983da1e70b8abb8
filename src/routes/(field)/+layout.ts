/** Tablet pages are made in the browser from the tablet's own store: the server may be away. */
export const ssr = false;
