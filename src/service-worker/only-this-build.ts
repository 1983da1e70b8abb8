type Lists = { build: readonly string[]; pages: readonly string[] };

/**
 * A workbox plugin that lets into the cache only what belongs to this build. Anything else fails the whole installation,
 * and the running build stays: a captive portal's page in place of a script, an error, the shell of another release
 * while the office's servers are being changed over.
 */
export function onlyThisBuild({ build, pages }: Lists) {
  return {
    async cacheWillUpdate({ request, response }: { request: Request; response: Response }) {
      const isOurs = await belongsToBuild(request, response, { build, pages });
      return isOurs ? response : null;
    }
  };
}

async function belongsToBuild(request: Request, response: Response, { build, pages }: Lists) {
  if (response.status !== 200 || response.redirected) return false;
  const isHtml = response.headers.get('content-type')?.startsWith('text/html') ?? false;
  if (!pages.includes(new URL(request.url).pathname)) return !isHtml;
  const named = (await response.clone().text()).match(/\/_app\/immutable\/[\w./-]+/g) ?? [];
  return isHtml && named.length > 0 && named.every((file) => build.includes(file));
}
