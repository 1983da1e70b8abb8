import { describe, expect, it } from 'vitest';
import { judgeBrowser } from './suitability';

const judge = (userAgent: string, isSecure = true, hasEverything = true) =>
  judgeBrowser({ userAgent, isSecure, hasEverything });

const android = (device: string, rest: string) =>
  `Mozilla/5.0 (Linux; Android 13; ${device}) AppleWebKit/537.36 (KHTML, like Gecko) ${rest}`;
const iPhone = (rest: string) =>
  `Mozilla/5.0 (iPhone; CPU iPhone OS 17_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) ${rest}`;

const embedded: Record<string, string> = {
  'WeChat, Android': android(
    'V2183A Build/TP1A.220624.014; wv',
    'Version/4.0 Chrome/116.0.0.0 Mobile Safari/537.36 XWEB/1160065 MMWEBSDK/20231202 MMWEBID/4131 MicroMessenger/8.0.47.2560(0x28002F35) WeChat/arm64 Weixin NetType/WIFI Language/zh_CN ABI/arm64'
  ),
  'WeChat, iPhone': iPhone('Mobile/15E148 MicroMessenger/8.0.44(0x18002c2d) NetType/WIFI Language/zh_CN'),
  'WeChat, Windows':
    'Mozilla/5.0 (Windows NT 10.0; WOW64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/107.0.0.0 Safari/537.36 MicroMessenger/7.0.20.1781(0x6700143B) NetType/WIFI MiniProgramEnv/Windows WindowsWechat/WMPF XWEB/8555',
  '企业微信, iPhone': iPhone(
    'Mobile/15E148 wxwork/4.1.22 MicroMessenger/7.0.1 Language/zh ColorScheme/Light'
  ),
  '企业微信, Windows':
    'Mozilla/5.0 (Windows NT 10.0; WOW64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/108.0.5359.220 Safari/537.36 wxwork/4.1.10 (MicroMessenger/6.2) WindowsWechat',
  'DingTalk, Android': android(
    'ALN-AL00; wv',
    'Version/4.0 Chrome/100.0.4896.58 UWS/5.12.5.0 Mobile Safari/537.36 AliApp(DingTalk/7.5.0) com.alibaba.android.rimet/39281920'
  ),
  'DingTalk, iPhone': iPhone(
    'Mobile/15E148 AliApp(DingTalk/7.1.10) com.laiwang.DingTalk/33554432 Channel/201200 language/zh-Hans-CN'
  ),
  政务钉钉: android(
    'M2012K11AC',
    'Version/4.0 Chrome/69.0.3497.100 UWS/3.22.1.187 Mobile Safari/537.36 TaurusApp/2.7.0'
  ),
  'QQ, Android': android(
    'KB2000',
    'Version/4.0 Chrome/89.0.4389.72 MQQBrowser/6.2 TBS/046141 Mobile Safari/537.36 V1_AND_SQ_8.9.28_3700_YYB_D QQ/8.9.28.10155 NetType/WIFI WebP/0.4.1 AppId/537147618 Pixel/1080'
  ),
  'QQ, iPhone': iPhone(
    'Mobile/15E148 QQ/8.9.76.619 V1_IPH_SQ_8.9.76_1_APP_A Pixel/1170 SimpleUISwitch/0 Core/WKWebView'
  ),
  Alipay: android(
    'NOH-AN00; wv',
    'Version/4.0 Chrome/105.0.5195.148 MYWeb/0.11.0 UWS/3.22.2 Mobile Safari/537.36 NebulaSDK/1.8.100112 Nebula AlipayDefined(nt:WIFI,ws:392) AliApp(AP/10.5.20.8000) AlipayClient/10.5.20.8000 Language/zh-Hans'
  ),
  飞书: android(
    '22081212C; wv',
    'Version/4.0 Chrome/110.0.5481.154 Mobile Safari/537.36 Lark/7.6.7 LarkLocale/zh_CN ChannelName/Feishu'
  ),
  Weibo: iPhone('Mobile/15E148 Weibo (iPhone14,5__weibo__13.11.1__iphone__os17.1)'),
  Douyin: iPhone('Mobile/15E148 aweme_27.6.0 JsSdk/2.0 NetType/WIFI Channel/App Store ByteLocale/zh'),
  Baidu: android(
    'HLK-AL00',
    'Version/4.0 Chrome/97.0.4692.98 Mobile Safari/537.36 T7/13.42 BDOS/1.0 SP-engine/2.80.0 baiduboxapp/13.42.0.11'
  ),
  'any Android WebView': android('SM-X200 Build/TP1A; wv', 'Version/4.0 Chrome/119.0.6045.66 Safari/537.36')
};

const browsers: Record<string, string> = {
  'Chrome, tablet': android('SM-X200', 'Chrome/119.0.0.0 Safari/537.36'),
  'Chrome 109, Windows 7':
    'Mozilla/5.0 (Windows NT 6.1; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/109.0.0.0 Safari/537.36',
  'Safari, iPhone': iPhone('Version/17.1 Mobile/15E148 Safari/604.1'),
  'iPhone, from the home screen': iPhone('Mobile/15E148'),
  'Safari, iPad':
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/16.4 Safari/605.1.15',
  华为浏览器: android(
    'BAH4-W09; HMSCore 6.12.0.302',
    'Chrome/99.0.4844.88 HuaweiBrowser/14.0.2.311 Safari/537.36'
  ),
  小米浏览器: android(
    '22081212C Build/TKQ1',
    'Version/4.0 Chrome/100.0.4896.127 Mobile Safari/537.36 XiaoMi/MiuiBrowser/17.8.90'
  ),
  QQ浏览器: android(
    'V2218A',
    'Version/4.0 Chrome/109.0.5414.86 MQQBrowser/14.5 Mobile Safari/537.36 COVC/046515'
  ),
  UC: android('PGT-AN10', 'Version/4.0 Chrome/100.0.4896.58 UCBrowser/16.2.6.1305 Mobile Safari/537.36'),
  '360, Windows':
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/114.0.0.0 Safari/537.36 QIHU 360SE',
  'Firefox, Android': 'Mozilla/5.0 (Android 13; Mobile; rv:120.0) Gecko/120.0 Firefox/120.0'
};

describe('inside another app', () => {
  it.each(Object.entries(embedded))('%s', (_, userAgent) => {
    expect(judge(userAgent)).toBe('embedded');
    // The other app first: in it neither https nor another version would help.
    expect(judge(userAgent, false, false)).toBe('embedded');
  });
});

describe('a browser of its own', () => {
  it.each(Object.entries(browsers))('%s', (_, userAgent) => {
    expect(judge(userAgent)).toBeNull();
    expect(judge(userAgent, false, false)).toBe('insecure');
    expect(judge(userAgent, true, false)).toBe('old');
  });
});
