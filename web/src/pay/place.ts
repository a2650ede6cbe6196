import type {Place} from './env';

/** Where a page is looked at, by the User-Agent; the server's table for pages that it does not draw itself. */
export function placeOf(agent: string): Place {
    const phone = /Mobi|iPhone|iPod|Windows Phone/i.test(agent);
    const tablet = /iPad|Tablet/i.test(agent) || (/Android/i.test(agent) && !phone);
    if (/WindowsWechat|MacWechat/i.test(agent)) {
        return 'wechat-desktop';
    }
    if (/MicroMessenger\//i.test(agent)) {
        return phone || tablet ? 'wechat' : 'wechat-desktop';
    }
    if (/AlipayClient\//i.test(agent)) {
        return 'alipay';
    }
    if (phone && /\bQQ\/|MQQBrowser|DingTalk|Lark|Feishu/i.test(agent)) {
        return 'webview';
    }
    return tablet ? 'tablet' : phone ? 'phone' : 'desktop';
}
