import {Link} from 'wouter';

import {Icon} from '../../parts/Icon';
import {Box} from '../../parts/Page';
import {useLanguage} from '../../preferences';
import {useTexts} from '../../texts';
import {notifyAddress} from './draft';
import {SETTINGS} from './dictionary';
import {useEditing} from './useSettings';

interface Step {
    title: string;
    text: string;
    /** Stands before the text, on a line of its own. */
    address?: string;
}

/** How a method is set up, step by step. @param address that the provider calls */
const STEPS: Record<'wechat' | 'alipay', (address: string) => {zh: Step[]; en: Step[]}> = {
    wechat: address => ({
        zh: [
            {title: '登录微信支付商户平台获取商户号和API密钥', text: '在「账户中心 → API 安全」设置 APIv2 密钥；在「产品中心 → AppID 账号管理」绑定 AppID，并开通 Native 支付。'},
            {title: '在商户平台配置支付回调地址', address, text: '随每个订单自动带给微信支付；平台要求填写时才填。'},
            {title: '确保服务器外网可访问', text: '这个地址要能从公网用 https 打开，不要求登录，也不跳转。'},
            {title: '保存，然后体检', text: '保存时会先问微信支付认不认这把密钥。'},
        ],
        en: [
            {title: 'Get the merchant number and the API key', text: 'In WeChat Pay\'s merchant platform: Account → API security → APIv2 key. Link the AppID under Products → AppID management, and switch Native pay on.'},
            {title: 'Set the callback address', address, text: 'It is sent to WeChat Pay with each order; enter it only where the platform asks for it.'},
            {title: 'Make the server reachable from outside', text: 'The address must open by https from the internet, without a login and without a redirection.'},
            {title: 'Save, then run the doctor', text: 'Saving asks WeChat Pay first whether the key is right.'},
        ],
    }),
    alipay: address => ({
        zh: [
            {title: '登录支付宝开放平台获取应用APPID和密钥', text: '创建网页或移动应用，开通「当面付」；用密钥工具生成 RSA2（2048 位）密钥对，应用私钥只留在这里。'},
            {title: '上传应用公钥，复制支付宝公钥', text: '在「开发设置 → 接口加签方式」选择公钥模式，上传应用公钥，再把平台显示的支付宝公钥填到这里。'},
            {title: '在应用配置中设置回调地址', address, text: '随每个订单自动带给支付宝；平台要求填写时才填。'},
            {title: '确保服务器外网可访问', text: '这个地址要能从公网用 https 打开，不要求登录，也不跳转。'},
            {title: '保存，然后体检', text: '保存时会先问支付宝认不认这把私钥，应答也会验签。'},
        ],
        en: [
            {title: 'Get the APPID and make the keys', text: 'In Alipay\'s open platform: create an application and switch face-to-face payment on. Make an RSA2 key pair of 2048 bits; the private key stays here.'},
            {title: 'Upload the application\'s public key, copy Alipay\'s', text: 'Development → signing → public key mode: upload the application\'s public key, and copy the Alipay public key that the platform shows.'},
            {title: 'Set the callback address', address, text: 'It is sent to Alipay with each order; enter it only where the platform asks for it.'},
            {title: 'Make the server reachable from outside', text: 'The address must open by https from the internet, without a login and without a redirection.'},
            {title: 'Save, then run the doctor', text: 'Saving asks Alipay first whether the private key is right, and verifies its answer.'},
        ],
    }),
};

export function HowTo({method}: {method: 'wechat' | 'alipay'}) {
    const texts = useTexts(SETTINGS);
    const english = useLanguage() === 'en';
    const address = notifyAddress(useEditing().saved, method) ?? (english ? '{server address}' : '{服务器地址}') + `/api/${method}/notify`;
    const steps = STEPS[method](address)[english ? 'en' : 'zh'];
    return <Box title={texts.how}>
        <ol className="how">{steps.map(step => <li key={step.title}><span><b>{step.title}</b>{step.address === undefined ? null : <span className="mono at">{step.address}</span>}{step.text}</span></li>)}</ol>
        <Link className="btn line wide how-act" href="/doctor?run=1"><Icon name="doctor" size={16}/>{texts.runDoctor}</Link>
    </Box>;
}
