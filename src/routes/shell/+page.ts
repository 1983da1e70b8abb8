/** The one page that is always there: the worker opens it for every address of the tablet app. */
export const prerender = true;
export const ssr = false;
