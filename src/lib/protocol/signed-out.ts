/** Holds the account that has signed out at the desk, for the tablet's pages: they open without asking a server. */
export const signedOutCookie = 'xunge-signed-out';
