import type { Session } from './session';

/** Not readable by scripts, not sent from other sites; Secure wherever the page itself is. */
export function cookieOptions(url: URL, session: Session) {
  return {
    path: '/',
    httpOnly: true,
    sameSite: 'lax' as const,
    secure: url.protocol === 'https:',
    expires: new Date(session.expiresAt)
  };
}
