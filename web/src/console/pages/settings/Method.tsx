import {useId} from 'react';
import {Link} from 'wouter';

import {shown as money} from '../../money';
import {Icon, Mark} from '../../parts/Icon';
import {Box} from '../../parts/Page';
import {useTexts} from '../../texts';
import {ChoiceControl, SwitchControl, TextControl, useField} from './Control';
import {CopyAddress} from './CopyAddress';
import {notifyAddress} from './draft';
import {SETTINGS} from './dictionary';
import {HowTo} from './HowTo';
import {Recent} from './Recent';
import {SecretControl} from './Secret';
import {usePrices} from './usePrices';
import {useEditing} from './useSettings';

export function Wechat() {
    const texts = useTexts(SETTINGS);
    return <Method method="wechat" title={texts.wechatTitle}>
        <SwitchControl name="WechatEnabled" help={texts.enabledHint}/><hr/>
        <div className="grid g2">
            <TextControl name="WechatMchId" remark={texts.mchHint}/>
            <TextControl name="WechatAppId" remark={texts.appHint} mono/>
        </div>
        <SecretControl name="WechatApiV2Key" remark={texts.keyHint} provider={texts.wechat}/>
        <SecretControl name="WechatClientCertificate" remark={texts.certificateHint} provider={texts.wechat}/>
        <div className="grid g2">
            <ChoiceControl name="WechatSignType"/>
            <Smallest name="WechatMinTopUp" method="wechat"/>
        </div><hr/>
        <Callback method="wechat"/>
        <Gateways names={['WechatGatewayUrl', 'WechatBackupGatewayUrl']}/>
    </Method>;
}

export function Alipay() {
    const texts = useTexts(SETTINGS);
    return <Method method="alipay" title={texts.alipayTitle}>
        <SwitchControl name="AlipayEnabled" help={texts.enabledHint}/><hr/>
        <div className="grid g2">
            <TextControl name="AlipayAppId" remark={texts.alipayAppHint} mono/>
            <TextControl name="AlipaySellerId" remark={texts.sellerHint} mono/>
        </div>
        <SecretControl name="AlipayPrivateKey" remark={texts.privateHint} provider={texts.alipay}/>
        <SecretControl name="AlipayPublicKey" remark={texts.publicHint} provider={texts.alipay}/>
        <div className="grid g2"><Smallest name="AlipayMinTopUp" method="alipay"/></div><hr/>
        <Callback method="alipay"/>
        <Gateways names={['AlipayGatewayUrl']}/>
    </Method>;
}

function Method({method, title, children}: {method: 'wechat' | 'alipay'; title: string; children: React.ReactNode}) {
    return <div className="grid gm">
        <Box title={<span className="meth-title"><Mark method={method}/>{title}</span>}><div className="form">{children}</div></Box>
        <aside className="stick"><HowTo method={method}/><Recent part={method}/></aside>
    </div>;
}

/** The smallest amount, and what it costs. */
function Smallest({name, method}: {name: string; method: 'wechat' | 'alipay'}) {
    const texts = useTexts(SETTINGS);
    const {saved, draft} = useEditing();
    const {input} = useField(name);
    const display = String(draft.QuotaDisplayType ?? saved.QuotaDisplayType);
    const amount = Number(input);
    const {prices, busy} = usePrices(display !== 'TOKENS' && Number.isSafeInteger(amount) && amount > 0 ? [amount] : [], method, '');
    const price = prices?.[0];
    return <TextControl name={name} remark={texts.minHint(display === 'USD' ? '$' : display === 'CNY' ? '¥' : `$`) as string}
        help={price?.money ? <span className={busy ? 't3' : 't2'}>{texts.about(money(price.money))}</span> : undefined}/>;
}

function Callback({method}: {method: 'wechat' | 'alipay'}) {
    const id = useId();
    const texts = useTexts(SETTINGS);
    const address = notifyAddress(useEditing().saved, method);
    return <div className="fld" role="group" aria-labelledby={id}>
        <div className="l"><span id={id}>{texts.callback}</span></div>
        {address === null
            ? <div className="note warn"><Icon name="warn"/><div className="note-text">{texts.callbackMissing}</div><Link className="link" href="/settings/address">{texts.toAddress}</Link></div>
            : <><CopyAddress address={address}/><p className="h">{texts.callbackHint(texts[method])}</p></>}
    </div>;
}

function Gateways({names}: {names: readonly string[]}) {
    const texts = useTexts(SETTINGS);
    const {faults, draft} = useEditing();
    const open = names.some(name => faults[name] !== undefined || draft[name] !== undefined);
    return <details className="ev" open={open || undefined}>
        <summary><span>{texts.more2}</span><Icon name="down" size={16}/></summary>
        <div className="form under">
            <p className="h t3">{texts.gatewayHint}</p>
            {names.map(name => <TextControl key={name} name={name} mono/>)}
        </div>
    </details>;
}
