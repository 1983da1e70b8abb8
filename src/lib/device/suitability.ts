/** Why nothing may be recorded in this browser. embedded: unsent work would lie where nobody looks for it again. */
export type BrowserTrouble = 'embedded' | 'insecure' | 'old';

export interface BrowserFacts {
  userAgent: string;
  isSecure: boolean;
  /** Everything that saving and sending cannot do without. */
  hasEverything: boolean;
}

/**
 * Browsers inside other apps, by what they write into the user agent: WeChat and 企业微信, DingTalk and 政务钉钉, QQ,
 * Alipay and Taobao, 飞书, Weibo, Douyin and 头条, Baidu, 小红书, 快手, any other Android WebView. QQ浏览器 is a browser of
 * its own: it writes `MQQBrowser` without ` QQ/`.
 */
const embedded =
  /MicroMessenger|wxwork|DingTalk|TaurusApp|\sQQ\/|AlipayClient|AliApp\(|\bLark\/|Feishu|Weibo|aweme|NewsArticle|baiduboxapp|discover\/|xhsdiscover|Kwai|;\s?wv\)/i;

/** null where everything works. */
export function judgeBrowser({ userAgent, isSecure, hasEverything }: BrowserFacts): BrowserTrouble | null {
  if (embedded.test(userAgent)) return 'embedded';
  // An insecure page lacks nearly everything, whatever the browser could.
  if (!isSecure) return 'insecure';
  return hasEverything ? null : 'old';
}

export function browserTrouble(): BrowserTrouble | null {
  return judgeBrowser({
    userAgent: navigator.userAgent,
    isSecure: isSecureContext,
    hasEverything: hasEverything()
  });
}

function hasEverything(): boolean {
  return (
    'serviceWorker' in navigator &&
    'locks' in navigator &&
    'indexedDB' in globalThis &&
    'CompressionStream' in globalThis &&
    'OffscreenCanvas' in globalThis &&
    'convertToBlob' in OffscreenCanvas.prototype &&
    hasModuleWorkers()
  );
}

/** Who knows module workers reads `type` before it looks at the address, which is none: no worker is made. */
function hasModuleWorkers(): boolean {
  let isRead = false;
  const options = {
    get type(): 'module' {
      isRead = true;
      return 'module';
    }
  };
  try {
    new Worker('http://[', options).terminate();
  } catch {
    return isRead;
  }
  return isRead;
}
